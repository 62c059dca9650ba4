import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import { checkChain } from "#lib/services/audit/queries.ts";
import { contextFor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createServingFeature } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { undoControl } from "../controls/commands/lift.ts";
import { placeControl } from "../controls/commands/place.ts";
import { publish } from "./commands/publish.ts";
import { currentRuleset, listRulesets, rulesetAt, rulesetBefore } from "./queries.ts";

const { db, ownerUrl } = await testDatabase();

/** Publishes whatever stands in the rows. */
async function publishEverything(ctx: Context): Promise<void> {
  const permission = { action: "ruleset.change", target: { environment: ctx.environment, now: 0 } } as const;
  await publish(ctx, "set-up", async () => ({ value: null, audit: [], permission }));
}

test("two operators press different controls in the same instant, 200 times: every ruleset holds both and versions have no gap", {
  timeout: 120_000,
}, async () => {
  const { environment, stop, as } = await publishedScene(db, { guarded: false });
  const second = await createServingFeature(db, environment.id);
  await publishEverything(as("operator"));
  const other = () => ({ ...stop({ template: "turn-off-feature", params: { feature: second.feature.key } }) });
  for (let round = 0; round < 200; round++) {
    const [lead, manager] = [as("operator"), as("product-manager")];
    const [mine, theirs] = await Promise.all([placeControl(lead, stop()), placeControl(manager, other())]);
    const current = await currentRuleset(db, environment.id);
    expect(Object.keys(current?.ruleset.controls ?? {}).sort()).toEqual([mine.value, theirs.value].sort());
    expect(Math.abs(mine.version - theirs.version)).toBe(1);
    await Promise.all([
      undoControl(lead, { environment: environment.key, id: mine.value }),
      undoControl(manager, { environment: environment.key, id: theirs.value }),
    ]);
  }
  const versions = (await listRulesets(as("viewer"), 1000)).map((one) => one.version).reverse();
  expect(versions).toEqual(versions.map((_, index) => index + 1));
  expect(versions).toHaveLength(2 + 200 * 4);
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("different environments publish at once without waiting for each other for ever", async () => {
  const scenes = await Promise.all([1, 2, 3, 4].map(() => publishedScene(db)));
  const placed = await Promise.all(
    scenes.flatMap(({ stop, as }) => [
      placeControl(as(), stop()),
      placeControl(as(), stop({ template: "review-scenario" })),
    ]),
  );
  expect(new Set(placed.map((one) => one.value)).size).toBe(8);
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("a change that moves nothing publishes nothing", async () => {
  const { environment, as } = await publishedScene(db);
  const before = await currentRuleset(db, environment.id);
  const result = await publish(as("operator"), "nothing", async () => ({
    value: 7,
    audit: [],
    permission: { action: "ruleset.change", target: { now: 0 } },
  }));
  expect(result).toMatchObject({ changed: false, value: 7, version: before?.ruleset.version });
});

test("what is not proved down is refused, and nothing of it stays", async () => {
  const { environment, feature, as } = await publishedScene(db);
  const ctx = as("operator");
  const loosen = publish(ctx, "loosen", async (tx) => {
    const where = { environmentId: environment.id, featureId: feature.id };
    await tx.featureState.updateMany({ where, data: { maxLatencyMs: 60_000 } });
    return {
      value: null,
      audit: [{ action: "ruleset.change", target: `feature:${feature.key}`, sentence: "Waits longer." }],
      permission: { action: "ruleset.change", target: { environment: ctx.environment, now: ctx.now.getTime() } },
    };
  });
  await expect(loosen).rejects.toMatchObject({ code: "forbidden", details: { notProvedDown: expect.any(String) } });
  expect((await db.featureState.findFirstOrThrow({ where: { featureId: feature.id } })).maxLatencyMs).not.toBe(60_000);
  expect(await db.auditEntry.count({ where: { sentence: "Waits longer." } })).toBe(0);
});

test("past rulesets are kept, and each knows the one before", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const placed = await placeControl(as("operator"), stop());
  const current = await rulesetAt(db, environment.id, placed);
  const before = await rulesetBefore(db, environment.id, placed);
  expect(Object.keys(current?.ruleset.controls ?? {})).toEqual([placed.value]);
  expect(before?.ruleset).toMatchObject({ version: placed.version - 1, controls: {} });
  expect(await rulesetAt(db, environment.id, { epoch: randomUUID(), version: placed.version })).toBeNull();
});

test("a publication wakes whoever listens, with nothing but its name", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const listener = new pg.Client({ connectionString: ownerUrl });
  await listener.connect();
  await listener.query("listen evenkeel_ruleset");
  const heard = new Promise<string>((resolve) => {
    listener.on("notification", ({ payload = "" }) => payload.includes(environment.key) && resolve(payload));
  });
  const { epoch, version } = await placeControl(as("operator"), stop());
  expect(JSON.parse(await heard)).toEqual({ environment: environment.key, epoch, version });
  await listener.end();
});

test("rows that changed behind Evenkeel's back neither hold up a stop nor slip out with a lift", async () => {
  const { environment, feature, stop, as } = await publishedScene(db);
  const lead = as("operator");
  await db.featureState.updateMany({ where: { featureId: feature.id }, data: { maxLatencyMs: 60_000 } });
  const before = await currentRuleset(db, environment.id);
  const { value: id } = await placeControl(lead, stop());
  await undoControl(lead, { environment: environment.key, id });
  const after = await currentRuleset(db, environment.id);
  expect({ ...after?.ruleset, version: 0 }).toEqual({ ...before?.ruleset, version: 0 });
});

test("an unreadable row does not stand between anybody and a stop", async () => {
  const { environment, scenario, stop, as } = await publishedScene(db);
  await db.scenario.update({ where: { id: scenario.id }, data: { risk: "astronomical" } });
  await publishEverything(contextFor(db, { ...environment, guarded: false }));
  const { value: id } = await placeControl(as("operator"), stop());
  expect((await currentRuleset(db, environment.id))?.ruleset.controls[id]).toBeDefined();
});
