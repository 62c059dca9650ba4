import { describe, expect, it } from "vitest";
import { controlMarkers, featureHref, inOrder, type MarkedControl, releaseMarkers } from "./markers.ts";

const HOUR = 3_600_000;
const span = { from: 10 * HOUR, to: 20 * HOUR };
const hrefs = { controls: "/production/features/a", activity: "/production/features/a?tab=activity" };
const control = (about: Partial<MarkedControl> = {}): MarkedControl => ({
  id: "c1",
  template: "disable-scenario",
  featureKey: "a",
  scenarioKey: "billing",
  sentence: "Disable AI replies for billing cases",
  placedAt: new Date(12 * HOUR),
  placedBy: "person:1",
  placedByName: "Lea Lang",
  reason: "Invented a refund policy.",
  liftedAt: null,
  liftedBy: null,
  liftedByName: null,
  liftReason: null,
  ...about,
});

describe("marks of a control", () => {
  it("say who and why, and lead to where it can be lifted while it holds", () => {
    expect(controlMarkers(control(), span, hrefs)).toEqual([
      {
        id: "placed:c1",
        at: 12 * HOUR,
        kind: "control",
        who: "Lea Lang",
        why: "Invented a refund policy.",
        sentence: "Disable AI replies for billing cases",
        href: "/production/features/a",
      },
    ]);
  });
  it("are two once it was lifted, both led to the activity", () => {
    const row = control({
      liftedAt: new Date(15 * HOUR),
      liftedBy: "person:2",
      liftedByName: "Mo Mehta",
      liftReason: "Fixed.",
    });
    const markers = controlMarkers(row, span, hrefs);
    expect(markers.map(({ kind, at, who, href }) => [kind, at, who, href])).toEqual([
      ["control", 12 * HOUR, "Lea Lang", hrefs.activity],
      ["lifted", 15 * HOUR, "Mo Mehta", hrefs.activity],
    ]);
  });
  it("that ended by itself say so, and do not name a job of the worker", () => {
    const row = control({
      liftedAt: new Date(15 * HOUR),
      liftedBy: "automation:expire-controls",
      liftedByName: "expire-controls",
    });
    expect(controlMarkers(row, span, hrefs)[1]).toMatchObject({
      who: "Evenkeel",
      sentence: '"Disable AI replies for billing cases" ended.',
    });
  });
  it("outside of the period are left out, each by itself", () => {
    const row = control({ placedAt: new Date(9 * HOUR), liftedAt: new Date(10 * HOUR) });
    expect(controlMarkers(row, span, hrefs).map(({ kind }) => kind)).toEqual(["lifted"]);
    expect(controlMarkers(control({ placedAt: new Date(20 * HOUR) }), span, hrefs)).toEqual([]);
  });
});

describe("marks of releases", () => {
  const change = {
    seq: 7n,
    at: new Date(12 * HOUR),
    actorName: "Mo Mehta",
    sentence: "It was rolled back.",
    reason: null,
  };
  const seen = (firstAt: number) => ({ release: "r2", arm: "candidate", firstAt, label: "Candidate 2.4 Calmer tone" });
  it("are one where a release was first served just after somebody changed it", () => {
    const markers = releaseMarkers([change], [seen(12 * HOUR + 30_000)], span, "/x");
    expect(markers).toMatchObject([{ id: "change:7", who: "Mo Mehta", sentence: "It was rolled back." }]);
  });
  it("are two where the release came by itself", () => {
    const markers = releaseMarkers([change], [seen(14 * HOUR)], span, "/x");
    expect(markers[1]).toMatchObject({
      kind: "release",
      at: 14 * HOUR,
      sentence: "Candidate 2.4 Calmer tone answered for the first time.",
    });
    expect(releaseMarkers([change], [seen(11 * HOUR)], span, "/x")).toHaveLength(2);
  });
  it("outside of the period are left out", () => {
    expect(releaseMarkers([], [seen(9 * HOUR)], span, "/x")).toEqual([]);
  });
});

it("marks stand in the order in which they happened", () => {
  const row = control({ liftedAt: new Date(13 * HOUR) });
  const later = controlMarkers(control({ id: "c2", placedAt: new Date(12.5 * HOUR) }), span, hrefs);
  expect(inOrder([...controlMarkers(row, span, hrefs), ...later]).map(({ id }) => id)).toEqual([
    "placed:c1",
    "placed:c2",
    "lifted:c1",
  ]);
});

it("addresses hold whatever keys hold", () => {
  expect(featureHref("production", "a/b", "activity")).toBe("/production/features/a%2Fb?tab=activity");
});
