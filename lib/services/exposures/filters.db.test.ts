import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import { featureFilterName } from "#lib/core/compile/filter-names.ts";
import { bitIndexes } from "#lib/core/decision/membership.ts";
import { NOON } from "#lib/testing/clock.ts";
import { keyActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { featureActivity } from "../audit/queries.ts";
import { readBlob } from "../blobs/queries.ts";
import { placeControl } from "../controls/commands/place.ts";
import { currentRuleset } from "../rulesets/queries.ts";
import { type ExposingEvent, recordExposures, refreshFilters } from "./commands.ts";
import { countExposed } from "./queries.ts";

const { db } = await testDatabase();
const clockwork = { kind: "automation", name: "refresh-filters" } as const;
const pseudonym = () => randomBytes(16).toString("hex");

function met(feature: string, userHash: string, changes: Partial<ExposingEvent> = {}): ExposingEvent {
  return { feature, release: "r1", userHash, served: "primary", at: NOON.toISOString(), ...changes };
}

async function scene() {
  const scene = await publishedScene(db);
  const { environment, feature, as } = scene;
  const ingest = (events: ExposingEvent[]) => recordExposures(as(keyActor("server", environment.key)), events);
  const people = () => countExposed(db, { environmentId: environment.id, featureKey: feature.key, release: null });
  const filter = async () => {
    const ruleset = (await currentRuleset(db, environment.id))?.ruleset;
    return ruleset?.filters[featureFilterName(feature.key)];
  };
  return { ...scene, ingest, people, filter };
}

/** Whether the published filter admits somebody, read from its blob as the SDK does. */
async function admits(
  filter: { blob: string; hashes: number; size: number } | undefined,
  userHash: string,
): Promise<boolean> {
  const bytes = filter && (await readBlob(db, filter.blob))?.bytes;
  if (!filter || !bytes) return false;
  const bits = bitIndexes(userHash, filter.hashes, filter.size) ?? [];
  return bits.length > 0 && bits.every((bit) => ((bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0);
}

test("who met a feature is recorded once, and only AI answers count", async () => {
  const { feature, ingest, people } = await scene();
  const [anna, ben] = [pseudonym(), pseudonym()];
  await ingest([
    met(feature.key, anna),
    met(feature.key, anna, { release: "r2" }),
    met(feature.key, ben, { served: "template" }),
  ]);
  await Promise.all([ingest([met(feature.key, anna)]), ingest([met(feature.key, anna)])]);
  expect(await people()).toBe(1);
});

test("the published filter admits everybody who has had the feature and practically nobody else", async () => {
  const { feature, as, ingest, filter } = await scene();
  const users = Array.from({ length: 500 }, pseudonym);
  await ingest(users.map((user) => met(feature.key, user)));
  expect(await refreshFilters(as(clockwork))).toBe(1);
  const published = await filter();
  const inside = await Promise.all(users.map((user) => admits(published, user)));
  expect(inside.every(Boolean)).toBe(true);
  const strangers = await Promise.all(Array.from({ length: 500 }, () => admits(published, pseudonym())));
  expect(strangers.filter(Boolean).length).toBeLessThan(5);
  expect(await refreshFilters(as(clockwork))).toBe(0);
});

test("while exposure is held its filter stays as it was when the hold was placed", async () => {
  const { feature, stop, as, ingest, filter } = await scene();
  await ingest([met(feature.key, pseudonym())]);
  await refreshFilters(as(clockwork));
  const before = await filter();
  await placeControl(as("operator"), stop({ template: "hold-feature", params: { feature: feature.key } }));
  await ingest(Array.from({ length: 50 }, () => met(feature.key, pseudonym())));
  const muchLater = new Date(NOON.getTime() + 3_600_000);
  expect(await refreshFilters(as(clockwork, muchLater) as Context)).toBe(0);
  expect(await filter()).toEqual(before);
});

test("a filter is made anew when it grew, not for every newcomer, and nothing of it stands in the feature's activity", async () => {
  const { feature, as, ingest } = await scene();
  const newcomers = (count: number) => ingest(Array.from({ length: count }, () => met(feature.key, pseudonym())));
  await newcomers(100);
  expect(await refreshFilters(as(clockwork))).toBe(1);
  await newcomers(5);
  expect(await refreshFilters(as(clockwork))).toBe(0);
  await newcomers(10);
  expect(await refreshFilters(as(clockwork))).toBe(1);
  expect(await featureActivity(as("viewer"), feature.key)).toEqual([]);
});

test("rows that changed behind Evenkeel's back do not slip out with a filter", async () => {
  const { environment, feature, as, ingest, filter } = await scene();
  await db.featureState.updateMany({ where: { featureId: feature.id }, data: { maxLatencyMs: 60_000 } });
  await ingest([met(feature.key, pseudonym())]);
  expect(await refreshFilters(as(clockwork))).toBe(1);
  expect(await filter()).toBeDefined();
  const ruleset = (await currentRuleset(db, environment.id))?.ruleset;
  expect(ruleset?.features[feature.key]?.maxLatencyMs).not.toBe(60_000);
});
