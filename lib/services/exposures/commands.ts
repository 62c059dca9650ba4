import type { Context } from "#lib/context.ts";
import { authorize, targetIn } from "#lib/context.ts";
import { featureFilterName, rolloutFilterName } from "#lib/core/compile/filter-names.ts";
import { buildMembershipFilter } from "#lib/core/compile/membership-filter.ts";
import type { DecisionEvent } from "#lib/core/events/event.ts";
import { storeBlob } from "../blobs/commands.ts";
import { publish } from "../rulesets/commands/publish.ts";
import { countExposed, exposedUsers, type Membership } from "./queries.ts";

/** What of a decision event says that somebody met a feature's release. */
export type ExposingEvent = Pick<DecisionEvent, "feature" | "release" | "userHash" | "served" | "at">;

/**
 * Records who met which release first when; one statement for a batch, and what is known already is left alone. Only AI answers expose: who got a fallback has not had the feature.
 * Not audited: it is telemetry by pseudonym, nobody's decision.
 */
export async function recordExposures(ctx: Context, events: readonly ExposingEvent[]): Promise<void> {
  authorize(ctx, "events.write", {});
  const rows = events.flatMap(({ feature, release, userHash, served, at }) =>
    release && userHash && (served === "primary" || served === "secondary") && !`${feature}${release}`.includes("\0")
      ? [{ feature, release, userHash, at }]
      : [],
  );
  if (rows.length === 0) return;
  await ctx.db.$executeRaw`
    insert into "Exposure" ("environmentId", "featureKey", release, "userHash", "firstAt")
    select ${ctx.environment.id}::uuid, feature, release, "userHash", min(at)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as met(feature text, release text, "userHash" text, at timestamptz)
    group by feature, release, "userHash"
    order by feature, release, "userHash"
    on conflict do nothing`;
}

/** Rebuild when this much larger than what the filter holds, or this much older: each new filter is a blob that every product fetches. */
const GROWTH = 1.01;
const LONGEST_MS = 10 * 60_000;

/**
 * Brings the membership filters of the environment up to date, so that the click that holds exposure only flips a bit. While a hold is placed the filter stays as it was: the people
 * it admits are those who had the feature when it was placed. Returns how many filters were rebuilt.
 */
export async function refreshFilters(ctx: Context): Promise<number> {
  authorize(ctx, "filter.refresh", {});
  let rebuilt = 0;
  for (const wanted of await wantedFilters(ctx)) {
    if (await refreshOne(ctx, wanted)) rebuilt++;
  }
  return rebuilt;
}

type WantedFilter = Membership & { name: string };

async function wantedFilters(ctx: Context): Promise<WantedFilter[]> {
  const environmentId = ctx.environment.id;
  const [states, rollouts, held] = await Promise.all([
    ctx.db.featureState.findMany({ where: { environmentId }, include: { feature: { select: { key: true } } } }),
    ctx.db.rollout.findMany({
      where: { environmentId, status: "open" },
      include: { feature: { select: { key: true } } },
    }),
    ctx.db.control.findMany({ where: { environmentId, liftedAt: null }, select: { effects: true } }),
  ]);
  const frozen = new Set(held.flatMap(({ effects }) => filtersNamedBy(effects)));
  const ofFeatures = states.map(({ feature }) => ({
    environmentId,
    featureKey: feature.key,
    release: null,
    name: featureFilterName(feature.key),
  }));
  const ofRollouts = rollouts.flatMap(({ feature, featureId, arms }) => {
    const current = states.find((state) => state.featureId === featureId)?.releaseId;
    const candidate = releasesOf(arms).find((release) => release !== current);
    return candidate
      ? [{ environmentId, featureKey: feature.key, release: candidate, name: rolloutFilterName(feature.key) }]
      : [];
  });
  return [...ofFeatures, ...ofRollouts].filter(({ name }) => !frozen.has(name));
}

async function refreshOne(ctx: Context, wanted: WantedFilter): Promise<boolean> {
  const id = { environmentId_name: { environmentId: wanted.environmentId, name: wanted.name } };
  const [known, people] = await Promise.all([
    ctx.db.membershipFilter.findUnique({ where: id }),
    countExposed(ctx.db, wanted),
  ]);
  const before = known && known.release === (wanted.release ?? "") ? known : null;
  if (people === 0 || (before && before.people === people)) return false;
  const old = before !== null && ctx.now.getTime() - before.builtAt.getTime() >= LONGEST_MS;
  if (before && people < before.people * GROWTH && !old) return false;

  const hashes: string[] = [];
  for await (const page of exposedUsers(ctx.db, wanted)) hashes.push(...page);
  const filter = buildMembershipFilter(hashes, hashes.length);
  await publish(ctx, "filter.refresh", async (tx) => {
    const data = {
      featureKey: wanted.featureKey,
      release: wanted.release ?? "",
      blob: await storeBlob(tx, filter.bytes, "application/octet-stream"),
      hashes: filter.hashes,
      size: filter.size,
      people,
      builtAt: ctx.now,
    };
    await tx.membershipFilter.upsert({
      where: id,
      create: { environmentId: wanted.environmentId, name: wanted.name, ...data },
      update: data,
    });
    return {
      value: null,
      audit: [
        {
          action: "filter.refresh",
          target: `feature:${wanted.featureKey}`,
          featureKey: wanted.featureKey,
          sentence: `The list of who has had ${wanted.release ? "the candidate" : "the feature"} was brought up to date: ${people} people.`,
        },
      ],
      permission: { action: "filter.refresh", target: targetIn(ctx, { feature: wanted.featureKey }) },
    };
  });
  return true;
}

function filtersNamedBy(effects: unknown): string[] {
  if (!Array.isArray(effects)) return [];
  return effects.flatMap((effect: { kind?: unknown; filter?: unknown }) =>
    effect.kind === "hold" && typeof effect.filter === "string" ? [effect.filter] : [],
  );
}

function releasesOf(arms: unknown): string[] {
  if (!Array.isArray(arms)) return [];
  return arms.flatMap((arm: { release?: unknown }) => (typeof arm.release === "string" ? [arm.release] : []));
}
