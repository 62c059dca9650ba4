import { expect, test } from "vitest";
import type { LayerKey, SwitchView } from "#lib/services/controls/schema.ts";
import { groupByLayer, LAYERS, searchSwitches } from "./layers.ts";

function aSwitch(sentence: string, layer: LayerKey): SwitchView {
  return {
    key: sentence,
    template: "t",
    params: {},
    sentence,
    layer,
    impact: {
      perHour: null,
      peoplePerHour: null,
      sentence: "Not known yet.",
      sees: { sentence: "Customers see the approved template.", text: null },
      unknownShare: null,
      takeBack: "",
    },
    active: null,
    place: { allowed: true },
  };
}

const all = [
  aSwitch("Turn off Reply assistant", "feature"),
  aSwitch("Disable AI replies for billing cases", "scenario"),
  aSwitch("Disable AI replies for refund cases", "scenario"),
];

test("the targeted stops come before turning everything off, in the order given", () => {
  expect(groupByLayer(all).map((group) => group.key)).toEqual(["scenario", "feature"]);
  expect(groupByLayer(all)[0]?.switches.map((each) => each.sentence)).toEqual([all[1]?.sentence, all[2]?.sentence]);
});

test("no switch is ever left out of the groups", () => {
  const layers: Record<LayerKey, true> = {
    provider: true,
    feature: true,
    scenario: true,
    fallback: true,
    review: true,
    exposure: true,
    autonomy: true,
    confidence: true,
    latency: true,
    model: true,
    cost: true,
    notice: true,
  };
  expect(LAYERS.map((layer) => layer.key).sort()).toEqual(Object.keys(layers).sort());
});

test("parts of words find a switch in any order; nothing typed shows everything", () => {
  expect(searchSwitches(all, "bill dis").map((each) => each.sentence)).toEqual([
    "Disable AI replies for billing cases",
  ]);
  expect(searchSwitches(all, "  ")).toHaveLength(3);
  expect(searchSwitches(all, "shipping")).toEqual([]);
});
