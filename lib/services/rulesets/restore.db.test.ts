import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import type { Acknowledgement, RulesetName } from "#lib/core/delivery/wire.ts";
import { checkChain } from "#lib/services/audit/queries.ts";
import { contextFor, keyActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { placeControl } from "../controls/commands/place.ts";
import { acknowledge } from "../instances/commands.ts";
import { proofOf } from "../instances/queries.ts";
import { recoverCopy, startEpoch } from "./commands/start-epoch.ts";
import { currentRuleset, databaseIdentity, newestVersions } from "./queries.ts";

const { db } = await testDatabase();
const copy = await testDatabase();

/** What a dump brought back into another database leaves: rows that name the database they came from. */
async function pretendRestored(environmentId: string): Promise<void> {
  await db.environment.update({ where: { id: environmentId }, data: { birthplace: "another:1:2:3" } });
}

function following(ruleset: RulesetName, feature: string, now: Date): Acknowledgement {
  return {
    instance: randomUUID(),
    app: "support-desk",
    name: "support-desk on web-1 (pid 7)",
    sdk: "test",
    connection: null,
    ruleset,
    appliedAt: now.getTime(),
    features: { [feature]: now.getTime() },
    dropped: { decisions: 0, signals: 0 },
    closing: false,
  };
}

const serverKey = (ctx: Context) => contextFor(db, ctx.environment, keyActor("server", ctx.environment.key));

test("the first stop in a restored copy already belongs to a new epoch, with the same rules besides", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const kept = await placeControl(as("operator"), stop());
  await pretendRestored(environment.id);
  const next = await placeControl(as("operator"), stop({ template: "review-scenario" }));
  expect(next.epoch).not.toBe(kept.epoch);
  expect(next.version).toBeGreaterThan(kept.version);
  const current = await currentRuleset(db, environment.id);
  expect(current?.ruleset.epoch).toBe(next.epoch);
  expect(Object.keys(current?.ruleset.controls ?? {}).sort()).toEqual([kept.value, next.value].sort());
  expect(await db.auditEntry.count({ where: { environment: environment.key, action: "epoch.start" } })).toBe(2);
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("a restored copy starts its new epoch without anybody clicking, once, however many workers look", async () => {
  const { environment, as } = await publishedScene(db);
  const watch = as({ kind: "automation", name: "watch-restore" });
  expect(await recoverCopy(watch)).toBeNull();
  await pretendRestored(environment.id);
  const started = await Promise.all([recoverCopy(watch), recoverCopy(watch), recoverCopy(watch)]);
  expect(started.filter((name) => name !== null)).toHaveLength(1);
  expect(await recoverCopy(watch)).toBeNull();
});

test("a product that follows a version which this database never made proves a restore; a new epoch starts at once, audited", async () => {
  const { environment, feature, stop, as } = await publishedScene(db);
  const ctx = as("operator");
  const { epoch, version } = await placeControl(ctx, stop());
  await acknowledge(serverKey(ctx), [following({ epoch, version: version + 7 }, feature.key, ctx.now)]);
  const newest = (await newestVersions(db)).get(environment.id);
  expect(newest?.epoch).not.toBe(epoch);
  const entry = await db.auditEntry.findFirstOrThrow({
    where: { environment: environment.key },
    orderBy: { seq: "desc" },
  });
  expect(entry).toMatchObject({ action: "epoch.start", actor: "automation:watch-restore" });
});

test("what the lost time line said does not confirm anything in this one", async () => {
  const { feature, stop, as } = await publishedScene(db);
  const ctx = as("operator");
  const { epoch, version, value: id } = await placeControl(ctx, stop());
  await acknowledge(serverKey(ctx), [following({ epoch, version: version + 7 }, feature.key, ctx.now)]);
  expect(await proofOf(ctx, id)).toMatchObject({ confirmed: 0, of: 1, state: "pending" });
});

test("an honest acknowledgement, or one of a past epoch, starts nothing", async () => {
  const { environment, feature, stop, as } = await publishedScene(db);
  const ctx = as("operator");
  const old = await placeControl(ctx, stop());
  const current = await startEpoch(ctx, "For the test.");
  const behind = [current, old, { epoch: randomUUID(), version: 900 }, { epoch: "not a uuid", version: 3 }];
  await acknowledge(
    serverKey(ctx),
    behind.map((name) => following(name, feature.key, ctx.now)),
  );
  expect((await newestVersions(db)).get(environment.id)).toEqual({ epoch: current.epoch, version: current.version });
});

test("a new epoch asked for by hand keeps the rules", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const placed = await placeControl(as("operator"), stop());
  const before = await currentRuleset(db, environment.id);
  const name = await startEpoch(as("admin"), "After last night's restore.");
  const after = await currentRuleset(db, environment.id);
  expect(name.epoch).not.toBe(placed.epoch);
  expect({ ...after?.ruleset, epoch: "", version: 0 }).toEqual({ ...before?.ruleset, epoch: "", version: 0 });
});

test("a copy of a database has another identity, which stays the same from one question to the next", async () => {
  expect(await databaseIdentity(db)).toMatch(/^\d+:\d+:\d+:\d+$/);
  expect(await databaseIdentity(db)).toBe(await databaseIdentity(db));
  expect(await databaseIdentity(copy.db)).not.toBe(await databaseIdentity(db));
});

test("rows that changed behind Evenkeel's back do not hold up the new epoch of a restored copy", async () => {
  const { environment, feature, as } = await publishedScene(db);
  const before = await currentRuleset(db, environment.id);
  await db.featureState.updateMany({ where: { featureId: feature.id }, data: { maxLatencyMs: 60_000 } });
  await pretendRestored(environment.id);
  const started = await recoverCopy(as({ kind: "automation", name: "watch-restore" }));
  const after = await currentRuleset(db, environment.id);
  expect(after?.ruleset).toMatchObject({ epoch: started?.epoch, features: before?.ruleset.features });
});
