import { describe, expect, it } from "vitest";
import { composeControl } from "./compose.ts";
import { type OfferedFeature, type OfferedWith, offersFor } from "./offers.ts";
import { TEMPLATES } from "./templates.ts";
import { sampleNames as names } from "./testing/names-samples.ts";

const x = { provider: "x", model: "large", timeoutMs: 1 };
const y = { provider: "y", model: "large", timeoutMs: 1 };
const feature: OfferedFeature = {
  key: "reply-assistant",
  scenarios: ["billing", "shipping"],
  ladders: [names.features["reply-assistant"]?.scenarios.billing?.ladder ?? []],
  chain: [x, y],
  hasRollout: true,
};
const around: OfferedWith = {
  cohorts: ["region-de", "enterprise"],
  notices: ["slow-today"],
  reroutes: [{ from: x, to: { provider: "x", model: "small" } }],
};
const sentences = (some: OfferedFeature, more = around) =>
  offersFor(some, more).map(({ template, params }) => composeControl(template, params, names).sentence);

describe("offersFor", () => {
  it("offers only what composes, and no sentence twice", () => {
    const all = sentences(feature);
    expect(new Set(all).size).toBe(all.length);
  });

  it("offers every sentence that stands ready, the most targeted first", () => {
    const ready = TEMPLATES.filter(({ order }) => order !== null).map(({ key }) => key);
    expect(new Set(offersFor(feature, around).map(({ template }) => template))).toEqual(new Set(ready));
    const all = sentences(feature);
    expect(all[0]).toBe("Disable AI replies for billing cases");
    expect(all.indexOf("Turn off Reply assistant")).toBeLessThan(all.indexOf("Stop using Provider X everywhere"));
    expect(all.indexOf("Require approval before send for billing cases")).toBeLessThan(
      all.indexOf("Require approval before send"),
    );
  });

  it("offers nothing that makes no sense here", () => {
    const bare = sentences(
      { ...feature, chain: [x], hasRollout: false, ladders: [] },
      { cohorts: [], notices: [], reroutes: [] },
    );
    for (const never of ["Pause rollout", "Skip the first", "traffic", "fallback for", "Tell users", "region DE"])
      expect(
        bare.some((sentence) => sentence.includes(never)),
        never,
      ).toBe(false);
    expect(bare).toContain("Stop using Provider X everywhere");
  });

  it("sends traffic only to the chain's other models and to approved ones", () => {
    const reroutes = sentences(feature).filter((sentence) => sentence.startsWith("Send"));
    expect(reroutes.sort()).toEqual([
      "Send Provider X's traffic to Provider Y",
      "Send Provider Y's traffic to Provider X",
      "Send model M's traffic to model N",
      "Send model M's traffic to model S",
      "Send model N's traffic to model M",
    ]);
  });
});
