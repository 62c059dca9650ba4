import { authorize, type Context } from "#lib/context.ts";
import type { Names } from "#lib/core/controls/names.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { recentTraffic } from "#lib/telemetry/recent.ts";
import type { ControlRow } from "../controls/present.ts";
import { activeRows, controlNames, listSwitches } from "../controls/queries.ts";
import type { ProofView } from "../controls/schema.ts";
import { isHeard, type KnownInstance, usedLately } from "../instances/present.ts";
import { knownInstances, listInstances, proofsOf } from "../instances/queries.ts";
import type { InstanceView } from "../instances/schema.ts";
import { rulesetAt } from "../rulesets/queries.ts";
import { type ChangeRow, featureCard } from "./present.ts";
import type { FeatureCard, FeatureHead, FeaturePage } from "./schema.ts";

/** Everything on a screen that changes by itself. `serverTime`: epoch ms; `version`: of the newest ruleset. */
export type LiveView = {
  serverTime: number;
  version: number;
  features: FeatureCard[];
  proofs: ProofView[];
  instances: InstanceView[];
};

/** What every open screen asks for each second, with the proofs of the controls it watches. A cheap set of reads; figures about traffic are up to five seconds old. */
export async function liveView(ctx: Context, controls: readonly string[]): Promise<LiveView> {
  authorize(ctx, "environment.view", {});
  const known = await knownInstances(ctx);
  const [newest, features, proofs, instances] = await Promise.all([
    newestName(ctx),
    listFeatures(ctx, known),
    proofsOf(ctx, controls, known),
    listInstances(ctx, known),
  ]);
  return { serverTime: ctx.now.getTime(), version: newest.version, features, proofs, instances };
}

/** Every feature of the environment with its present state in one sentence, by name. */
export async function listFeatures(ctx: Context, instances?: readonly KnownInstance[]): Promise<FeatureCard[]> {
  authorize(ctx, "environment.view", {});
  const [names, rows, known, perHour, ruleset] = await Promise.all([
    controlNames(ctx),
    activeRows(ctx),
    instances ?? knownInstances(ctx),
    recentTraffic()
      .aiPerHourByFeature(ctx.environment.id, ctx.now)
      .catch(() => null),
    newestRuleset(ctx),
  ]);
  const keys = Object.keys(names.features);
  const changes = await newestChanges(ctx, keys);
  return keys.map((key) => cardOf(ctx, key, { names, rows, known, perHour, ruleset, changes }));
}

type Read = {
  names: Names;
  rows: readonly ControlRow[];
  known: readonly KnownInstance[];
  perHour: ReadonlyMap<string, number> | null;
  ruleset: Ruleset | null;
  changes: ReadonlyMap<string, ChangeRow>;
};

function cardOf(ctx: Context, key: string, { names, rows, known, perHour, ruleset, changes }: Read): FeatureCard {
  return featureCard({
    key,
    names,
    ruleset,
    viewer: ctx,
    controls: rows.filter((row) => row.featureKey === null || row.featureKey === key),
    lastChange: changes.get(key) ?? null,
    // Nobody reported anything: not known. Others did, but not this feature: none.
    aiPerHour: perHour === null || perHour.size === 0 ? null : (perHour.get(key) ?? 0),
    instances: known.filter((one) => isHeard(one, ctx.now) && usedLately(one, key, ctx.now)).length,
  });
}

/** What a feature is; null when it is not in this environment. */
export async function featureHead(ctx: Context, key: string): Promise<FeatureHead | null> {
  authorize(ctx, "environment.view", {});
  return ctx.db.feature.findFirst({
    where: { key, archivedAt: null, states: { some: { environmentId: ctx.environment.id } } },
    select: { key: true, name: true, description: true },
  });
}

/** One feature with all that can be switched on it; null when it is not in this environment. */
export async function featurePage(ctx: Context, key: string): Promise<FeaturePage | null> {
  authorize(ctx, "environment.view", {});
  const row = await featureHead(ctx, key);
  if (!row) return null;
  const [features, switches] = await Promise.all([listFeatures(ctx), listSwitches(ctx, key)]);
  const feature = features.find((card) => card.key === key);
  if (!feature) return null;
  const activeFirst = [...switches.filter((one) => one.active), ...switches.filter((one) => !one.active)];
  return { feature, description: row.description, switches: activeFirst };
}

/** The newest change of the controls of each feature, one index probe a feature. */
async function newestChanges(ctx: Context, keys: string[]): Promise<Map<string, ChangeRow>> {
  const rows = await ctx.db.$queryRaw<(ChangeRow & { featureKey: string })[]>`
    select asked.key as "featureKey", entry.at, entry."actorName", entry.action, entry.sentence, entry.details
    from unnest(${keys}::text[]) as asked(key)
      cross join lateral (
        select at, "actorName", action, sentence, details from "AuditEntry"
        where "featureKey" = asked.key and environment = ${ctx.environment.key} and action like 'control.%' and action <> 'control.explain'
        order by seq desc limit 1
      ) as entry`;
  return new Map(rows.map((row) => [row.featureKey, row]));
}

async function newestName(ctx: Context): Promise<RulesetName> {
  return ctx.db.environment.findUniqueOrThrow({
    where: { id: ctx.environment.id },
    select: { epoch: true, version: true },
  });
}

type Kept = { name: RulesetName; ruleset: Promise<Ruleset | null> };
const anchor = globalThis as typeof globalThis & { evenkeelShownRulesets?: Map<string, Kept> };

/** The newest ruleset, read again only when it has another name: a published one never changes. */
async function newestRuleset(ctx: Context): Promise<Ruleset | null> {
  anchor.evenkeelShownRulesets ??= new Map();
  const kept = anchor.evenkeelShownRulesets.get(ctx.environment.id);
  const name = await newestName(ctx);
  if (kept && kept.name.epoch === name.epoch && kept.name.version === name.version) return kept.ruleset;
  const ruleset = rulesetAt(ctx.db, ctx.environment.id, name).then((stored) => stored?.ruleset ?? null);
  anchor.evenkeelShownRulesets.set(ctx.environment.id, { name, ruleset });
  ruleset.catch(() => anchor.evenkeelShownRulesets?.delete(ctx.environment.id));
  return ruleset;
}
