import { expect, test } from "vitest";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { NOON } from "#lib/testing/clock.ts";
import { keyActor, personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { liftControl, undoControl } from "./lift.ts";
import { placeControl } from "./place.ts";

const { db } = await testDatabase();
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

test("whoever placed it can take it back for 15 minutes, which restores exactly what was", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const before = await currentRuleset(db, environment.id);
  const { value: id } = await placeControl(as(lead), stop());
  await undoControl(as(lead, later(14)), { environment: environment.key, id });
  const after = await currentRuleset(db, environment.id);
  expect({ ...after?.ruleset, version: 0 }).toEqual({ ...before?.ruleset, version: 0 });
  const log = await db.auditEntry.findMany({ where: { target: `control:${id}` }, orderBy: { seq: "asc" } });
  expect(log.map((entry) => entry.action)).toEqual(["control.place", "control.undo"]);
});

test("after 15 minutes nobody undoes it alone, and the refusal says who could approve", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: id } = await placeControl(as(lead), stop());
  for (const attempt of [undoControl, liftControl]) {
    await expect(attempt(as(lead, later(16)), { environment: environment.key, id })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/product manager.*reviewer/),
    });
  }
  expect((await currentRuleset(db, environment.id))?.ruleset.controls[id]).toBeDefined();
});

test("nobody lifts somebody else's control alone in a guarded environment, not even a product manager", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const { value: id } = await placeControl(as("operator"), stop());
  await expect(liftControl(as("product-manager"), { environment: environment.key, id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("where nothing is guarded anybody but a viewer lifts it", async () => {
  const { environment, stop, as } = await publishedScene(db, { guarded: false });
  const { value: id } = await placeControl(as("operator"), stop());
  await expect(liftControl(as("viewer"), { environment: environment.key, id })).rejects.toMatchObject({
    code: "forbidden",
  });
  await liftControl(as("author"), { environment: environment.key, id, reason: "Checked." });
  expect((await currentRuleset(db, environment.id))?.ruleset.controls).toEqual({});
});

test("what automation placed is lifted by one reviewer, with a reason", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const { value: id } = await placeControl(as({ kind: "automation", name: "watch-guardrails" }), stop());
  const input = { environment: environment.key, id };
  await expect(liftControl(as("operator"), { ...input, reason: "Looked at it." })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(liftControl(as("reviewer"), input)).rejects.toMatchObject({ code: "forbidden" });
  await liftControl(as("reviewer"), { ...input, reason: "A false alarm: the provider was slow." });
  expect(await db.control.findUniqueOrThrow({ where: { id } })).toMatchObject({
    liftReason: "A false alarm: the provider was slow.",
  });
});

test("an automation key places controls on its own features and lifts only its own", async () => {
  const { environment, feature, stop, as } = await publishedScene(db);
  const monitor = keyActor("automation", environment.key, [feature.key]);
  const { value: mine } = await placeControl(as(monitor), stop());
  const { value: theirs } = await placeControl(as("operator"), stop({ template: "review-scenario" }));
  await expect(liftControl(as(monitor), { environment: environment.key, id: theirs })).rejects.toMatchObject({
    code: "forbidden",
  });
  await liftControl(as(monitor), { environment: environment.key, id: mine });
  const stranger = keyActor("automation", environment.key, ["another-feature"]);
  await expect(placeControl(as(stranger), stop())).rejects.toMatchObject({ code: "forbidden" });
});

test("lifting twice is lifting once", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: id } = await placeControl(as(lead), stop());
  const first = await liftControl(as(lead), { environment: environment.key, id });
  const second = await liftControl(as(lead), { environment: environment.key, id });
  expect([first.changed, second.changed]).toEqual([true, false]);
  expect(await db.auditEntry.count({ where: { target: `control:${id}`, action: "control.lift" } })).toBe(1);
});

test("a role limited to another feature or environment counts for nothing here", async () => {
  const { environment, feature, stop, as } = await publishedScene(db);
  const elsewhere = personActor("operator", { environment: "staging" });
  const otherFeature = personActor("operator", { feature: "translator" });
  const here = personActor("operator", { environment: environment.key, feature: feature.key });
  await expect(placeControl(as(elsewhere), stop())).rejects.toMatchObject({ code: "forbidden" });
  await expect(placeControl(as(otherFeature), stop())).rejects.toMatchObject({ code: "forbidden" });
  const everywhere = stop({ template: "turn-off-everything", params: {} });
  await expect(placeControl(as(here), everywhere)).rejects.toMatchObject({ code: "forbidden" });
  await expect(placeControl(as(here), stop())).resolves.toMatchObject({ changed: true });
});
