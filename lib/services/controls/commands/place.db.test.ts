import { expect, test } from "vitest";
import { checkChain } from "#lib/services/audit/queries.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { NOON } from "#lib/testing/clock.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { placeControl } from "./place.ts";

const { db } = await testDatabase();

test("a stop is in the newest ruleset, in the audit log, and named as the operator read it", async () => {
  const { environment, scenario, stop, as } = await publishedScene(db);
  const ctx = as("operator");
  const { value: id, version, changed } = await placeControl(ctx, stop());
  const published = await currentRuleset(db, environment.id);
  expect(changed).toBe(true);
  expect(published?.ruleset.version).toBe(version);
  expect(published?.ruleset.controls[id]?.sentence).toBe(`Disable AI replies for ${scenario.name} cases`);
  const entries = await db.auditEntry.findMany({ where: { target: `control:${id}` } });
  expect(entries.map((entry) => [entry.action, entry.actorName])).toEqual([["control.place", ctx.actor.name]]);
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("a double click is one control", async () => {
  const { stop, as } = await publishedScene(db);
  const input = stop();
  const [first, second] = await Promise.all([placeControl(as("operator"), input), placeControl(as("operator"), input)]);
  expect(first.value).toBe(second.value);
  expect([first.changed, second.changed].sort()).toEqual([false, true]);
});

test("the same sentence again gives the control that holds already, unless it is to last longer", async () => {
  const { stop, as } = await publishedScene(db);
  const until = new Date(NOON.getTime() + 3_600_000).toISOString();
  const short = await placeControl(as("operator"), stop({ expiresAt: until }));
  const again = await placeControl(as("author"), stop({ expiresAt: until }));
  const longer = await placeControl(as("author"), stop());
  expect(again).toMatchObject({ value: short.value, changed: false });
  expect(longer.value).not.toBe(short.value);
});

test("what would end before it began is refused, and the retry of one that has ended since is not", async () => {
  const { stop, as } = await publishedScene(db);
  const minutes = (n: number) => new Date(NOON.getTime() + n * 60_000);
  const past = stop({ expiresAt: minutes(-1).toISOString() });
  await expect(placeControl(as("operator"), past)).rejects.toMatchObject({ code: "invalid-input" });
  const brief = stop({ expiresAt: minutes(1).toISOString() });
  const placed = await placeControl(as("operator"), brief);
  expect((await placeControl(as("operator", minutes(2)), brief)).value).toBe(placed.value);
});

test("one idempotency key cannot stand for two different controls", async () => {
  const { stop, as } = await publishedScene(db);
  const input = stop();
  await placeControl(as("operator"), input);
  const other = { ...input, template: "review-scenario" };
  await expect(placeControl(as("operator"), other)).rejects.toMatchObject({ code: "conflict" });
});

test("a viewer is refused and told who could", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const before = await currentRuleset(db, environment.id);
  await expect(placeControl(as("viewer"), stop())).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("support lead"),
  });
  expect((await currentRuleset(db, environment.id))?.ruleset.version).toBe(before?.ruleset.version);
});
