import { expect, test } from "vitest";
import type { ControlView } from "#lib/services/controls/schema.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import { waitingReasons } from "./waiting.ts";

function control(id: string, part: Partial<ControlView> = {}): ControlView {
  return {
    id,
    template: "t",
    sentence: id,
    layer: "scenario",
    feature: null,
    scenario: null,
    placedAt: "2026-11-20T16:00:00.000Z",
    placedBy: "Lea Lang",
    byMe: true,
    byAutomation: false,
    reason: null,
    expiresAt: null,
    liftedAt: null,
    liftedBy: null,
    liftReason: null,
    sees: { sentence: "", text: null },
    undoUntil: null,
    lift: { allowed: true },
    version: 1,
    ...part,
  };
}

function feature(key: string, controls: ControlView[]): FeatureCard {
  return { key, name: key, state: "limited", sentence: "", lastChange: null, controls, aiPerHour: null, instances: 0 };
}

test("a control that touches two features waits once, newest first, and only the viewer's own", () => {
  const everywhere = control("provider", { placedAt: "2026-11-20T16:05:00.000Z" });
  const features = [
    feature("a", [control("mine"), everywhere, control("theirs", { byMe: false })]),
    feature("b", [everywhere, control("explained", { reason: "It lied" })]),
  ];
  expect(waitingReasons([], features, new Set()).map((each) => each.id)).toEqual(["provider", "mine"]);
});

test("what ended without a reason still waits, until the reason is given", () => {
  const lifted = control("lifted", { liftedAt: "2026-11-20T16:10:00.000Z" });
  expect(waitingReasons([lifted], [], new Set())).toHaveLength(1);
  expect(waitingReasons([lifted], [], new Set(["lifted"]))).toEqual([]);
  const explained = feature("a", [control("held", { reason: "It lied" })]);
  expect(waitingReasons([control("held")], [explained], new Set())).toEqual([]);
});
