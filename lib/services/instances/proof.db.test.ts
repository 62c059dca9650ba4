import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import type { Acknowledgement, RulesetName } from "#lib/core/delivery/wire.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { NOON } from "#lib/testing/clock.ts";
import { contextFor, keyActor, personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createServingFeature } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { undoControl } from "../controls/commands/lift.ts";
import { placeControl } from "../controls/commands/place.ts";
import { acknowledge, dismissInstance } from "./commands.ts";
import { listInstances, proofOf } from "./queries.ts";

const { db, appUrl } = await testDatabase();
// Telemetry finds its database by itself, as in production.
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

async function scene() {
  const scene = await publishedScene(db);
  const row = await db.apiKey.create({
    data: {
      environmentId: scene.environment.id,
      name: "desk",
      prefix: "ek",
      secretHash: randomUUID(),
      scope: "server",
      createdBy: "test",
    },
  });
  const key = { ...keyActor("server", scene.environment.key), id: row.id };
  const start = await db.environment.findUniqueOrThrow({ where: { id: scene.environment.id } });
  /** A process of the support desk that says what it follows. */
  const desk = (name: string, changes: Partial<Acknowledgement> = {}) => {
    const instance = randomUUID();
    return async (ruleset: RulesetName | null, at: Date, more: Partial<Acknowledgement> = {}) => {
      const ctx: Context = contextFor(db, scene.environment, key, at);
      const said: Acknowledgement = {
        instance,
        app: "support-desk",
        name,
        sdk: "test",
        connection: null,
        ruleset: ruleset && { epoch: ruleset.epoch, version: ruleset.version },
        appliedAt: at.getTime(),
        features: { [scene.feature.key]: at.getTime() },
        dropped: { decisions: 0, signals: 0 },
        closing: false,
        ...changes,
        ...more,
      };
      await acknowledge(ctx, [said]);
      return instance;
    };
  };
  const first: RulesetName = { epoch: start.epoch, version: start.version };
  return { ...scene, desk, first, key };
}

test("a stop is proved once everyone who uses the feature has confirmed, with the time it took", async () => {
  const { stop, as, desk, first } = await scene();
  const [one, two] = [desk("desk 1"), desk("desk 2")];
  await one(first, after(-10));
  await two(first, after(-10));
  const placed = await placeControl(as("operator"), stop());
  expect(await proofOf(as("operator", after(0)), placed.value)).toMatchObject({
    confirmed: 0,
    of: 2,
    state: "pending",
    tookMs: null,
  });
  await one(placed, after(0.1));
  const half = await proofOf(as("operator", after(0.2)), placed.value);
  expect(half).toMatchObject({ confirmed: 1, of: 2, state: "pending" });
  expect(half.waitingFor.map((each) => each.name)).toEqual(["desk 2"]);
  await two(placed, after(0.4));
  expect(await proofOf(as("operator", after(1)), placed.value)).toMatchObject({
    confirmed: 2,
    of: 2,
    state: "proved",
    tookMs: 400,
    waitingFor: [],
    notHeardFrom: [],
  });
});

test("later changes do not lengthen what a stop took", async () => {
  const { stop, as, desk, first } = await scene();
  const one = desk("desk 1");
  await one(first, after(-10));
  const placed = await placeControl(as("operator"), stop());
  await one(placed, after(0.3));
  const later = await placeControl(as("operator", after(30)), stop({ template: "review-scenario" }));
  await one(later, after(31));
  expect(await proofOf(as("operator", after(32)), placed.value)).toMatchObject({ state: "proved", tookMs: 300 });
});

test("one that is silent for a minute is named with the rules it may still follow, until it is heard from or dismissed", async () => {
  const { environment, stop, as, desk, first } = await scene();
  const [alive, frozen] = [desk("alive"), desk("frozen")];
  await frozen(first, after(-50));
  await alive(first, after(-1));
  const placed = await placeControl(as("operator"), stop());
  await alive(placed, after(0.2));
  expect(await proofOf(as("operator", after(5)), placed.value)).toMatchObject({
    confirmed: 1,
    of: 2,
    state: "pending",
  });
  const silent = await proofOf(as("operator", after(20)), placed.value);
  expect(silent).toMatchObject({ confirmed: 1, of: 1, state: "proved" });
  expect(silent.notHeardFrom).toMatchObject([
    { name: "frozen", lastHeardAt: after(-50).toISOString(), mayFollow: NOON.toISOString() },
  ]);

  const id = silent.notHeardFrom[0]?.id ?? "";
  await expect(dismissInstance(as("viewer", after(21)), { environment: environment.key, id })).rejects.toMatchObject({
    code: "forbidden",
  });
  await dismissInstance(as("operator", after(21)), { environment: environment.key, id });
  expect((await proofOf(as("operator", after(22)), placed.value)).notHeardFrom).toEqual([]);
  await frozen(first, after(23));
  expect(await proofOf(as("operator", after(24)), placed.value)).toMatchObject({
    of: 2,
    confirmed: 1,
    state: "pending",
  });
});

test("one that is silent for days is still named, with what it used when it fell silent", async () => {
  const { environment, feature, stop, as, desk, first } = await scene();
  const other = await createServingFeature(db, environment.id);
  const DAY = 86_400;
  const [alive, frozen] = [desk("alive"), desk("frozen")];
  await frozen(first, after(-1));
  await desk("elsewhere", { features: { [other.feature.key]: NOON.getTime() } })(first, after(-1));
  await desk("long ago", { features: { [feature.key]: after(-2 * DAY).getTime() } })(first, after(-1));
  const placed = await placeControl(as("operator"), stop());
  await alive(placed, after(9 * DAY));
  const later = as("operator", after(9 * DAY + 1));
  const proof = await proofOf(later, placed.value);
  expect(proof).toMatchObject({ confirmed: 1, of: 1 });
  expect(proof.notHeardFrom.map((each) => each.name)).toEqual(["frozen"]);
  const listed = await listInstances(later);
  expect(listed.find((each) => each.name === "frozen")).toMatchObject({ heard: false, features: [feature.key] });
  await frozen(first, after(9 * DAY + 2), { closing: true });
  expect((await proofOf(as("operator", after(9 * DAY + 3)), placed.value)).notHeardFrom).toEqual([]);
});

test("nobody is waited for who closed, or who does not use the feature; with nobody left there is no proof", async () => {
  const { environment, stop, as, desk, first } = await scene();
  const other = await createServingFeature(db, environment.id);
  await desk("elsewhere", { features: { [other.feature.key]: NOON.getTime() } })(first, after(-1));
  const closing = desk("closing");
  await closing(first, after(-2));
  await closing(first, after(-1), { closing: true });
  const placed = await placeControl(as("operator"), stop());
  expect(await proofOf(as("operator"), placed.value)).toMatchObject({
    confirmed: 0,
    of: 0,
    state: "nobody",
    tookMs: null,
  });
});

test("lifting is proved by the rules without it", async () => {
  const { environment, stop, as, desk, first } = await scene();
  const one = desk("desk 1");
  const lead = personActor("operator");
  await one(first, after(-1));
  const placed = await placeControl(as(lead), stop());
  await one(placed, after(0.1));
  const lifted = await undoControl(as(lead, after(5)), { environment: environment.key, id: placed.value });
  expect(await proofOf(as(lead, after(5)), placed.value)).toMatchObject({ confirmed: 0, of: 1, state: "pending" });
  await one(lifted, after(5.2));
  expect(await proofOf(as(lead, after(6)), placed.value)).toMatchObject({ state: "proved", tookMs: 200 });
});

test("nobody confirms for another key's instance, and a made-up version confirms nothing", async () => {
  const { environment, feature, stop, as, desk, first, key } = await scene();
  const one = desk("desk 1");
  const instance = await one(first, after(-1));
  const placed = await placeControl(as("operator"), stop());
  const forged: Acknowledgement = {
    instance,
    app: "x",
    name: "forged",
    sdk: "x",
    connection: null,
    ruleset: { epoch: placed.epoch, version: placed.version },
    appliedAt: 0,
    features: { [feature.key]: NOON.getTime() },
    dropped: { decisions: 0, signals: 0 },
    closing: false,
  };
  const stranger = keyActor("server", environment.key);
  await acknowledge(contextFor(db, environment, stranger, after(0.1)), [forged]);
  expect(await proofOf(as("operator", after(1)), placed.value)).toMatchObject({ confirmed: 0, of: 1 });
  await acknowledge(contextFor(db, environment, key, after(0.1)), [
    { ...forged, ruleset: { epoch: randomUUID(), version: 99 } },
  ]);
  expect(await proofOf(as("operator", after(1)), placed.value)).toMatchObject({ confirmed: 0, of: 1 });
});

test("a thousand instances confirm in one statement", async () => {
  const { environment, feature, stop, as, key } = await scene();
  const placed = await placeControl(as("operator"), stop());
  const many = Array.from(
    { length: 1000 },
    (_, n): Acknowledgement => ({
      instance: randomUUID(),
      app: "desk",
      name: `desk ${n}`,
      sdk: "test",
      connection: null,
      ruleset: { epoch: placed.epoch, version: placed.version },
      appliedAt: NOON.getTime(),
      features: { [feature.key]: NOON.getTime() },
      dropped: { decisions: 1, signals: 0 },
      closing: false,
    }),
  );
  await acknowledge(contextFor(db, environment, key, after(0.5)), [...many, ...many.slice(0, 10)]);
  expect(await proofOf(as("operator", after(1)), placed.value)).toMatchObject({
    confirmed: 1000,
    of: 1000,
    state: "proved",
  });
  const views = await listInstances(as("viewer", after(1)));
  expect(views).toHaveLength(1000);
  expect(views[0]).toMatchObject({
    heard: true,
    current: true,
    features: [feature.key],
    follows: { version: placed.version },
  });
});

test("what an instance dropped is counted once, however often it says so; of one that tells only what came since, it is added", async () => {
  const { desk, first, environment } = await scene();
  const [now, before] = [desk("desk of today"), desk("desk of the version before")];
  const none = { decisions: 0, signals: 0 };
  const told = (droppedTotal: Acknowledgement["dropped"]) => ({ dropped: { decisions: 5, signals: 5 }, droppedTotal });
  // Its answer is lost, so it says it again; then it says more; a word that was on its way for long comes last.
  for (const decisions of [5, 5, 8, 5]) await now(first, after(1), told({ decisions, signals: 2 }));
  await before(first, after(1), { dropped: { decisions: 3, signals: 1 } });
  await before(first, after(2), { dropped: none });
  await before(first, after(3), { dropped: { decisions: 4, signals: 0 } });
  const rows = await db.instance.findMany({ where: { environmentId: environment.id }, orderBy: { name: "asc" } });
  expect(rows.map(({ droppedDecisions, droppedSignals }) => [droppedDecisions, droppedSignals])).toEqual([
    [7n, 1n],
    [8n, 2n],
  ]);
});

test("one that talks nonsense does not cost the others their confirmation", async () => {
  const { environment, feature, stop, as, key } = await scene();
  const placed = await placeControl(as("operator"), stop());
  const honest: Acknowledgement = {
    instance: randomUUID(),
    app: "desk",
    name: "honest",
    sdk: "test",
    connection: null,
    ruleset: { epoch: placed.epoch, version: placed.version },
    appliedAt: NOON.getTime(),
    features: { [feature.key]: NOON.getTime() },
    dropped: { decisions: 0, signals: 0 },
    closing: false,
  };
  const nonsense: Partial<Acknowledgement>[] = [
    { name: "half \ud800 a pair and \0" },
    { ruleset: { epoch: "yesterday", version: 1 } },
    { ruleset: { epoch: placed.epoch, version: Number.MAX_SAFE_INTEGER } },
    { appliedAt: -1e300, features: { "\0": 1e300 } },
    { dropped: { decisions: -7, signals: Number.MAX_SAFE_INTEGER } },
    { droppedTotal: { decisions: -7, signals: Number.MAX_SAFE_INTEGER } },
  ];
  const all = [honest, ...nonsense.map((part) => ({ ...honest, name: "odd", ...part, instance: randomUUID() }))];
  await acknowledge(contextFor(db, environment, key, after(0.1)), all);
  const { waitingFor } = await proofOf(as("operator", after(1)), placed.value);
  expect(waitingFor.map((each) => each.name)).not.toContain("honest");
  expect(await db.instance.count({ where: { environmentId: environment.id } })).toBe(all.length);
});
