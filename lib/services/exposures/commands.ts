import type { Context } from "#lib/context.ts";
import { authorize, targetIn } from "#lib/context.ts";
import { featureFilterName, rolloutFilterName } from "#lib/core/compile/filter-names.ts";
import { buildMembershipFilter } from "#lib/core/compile/membership-filter.ts";
import type { DecisionEvent } from "#lib/core/events/event.ts";
import type { Tx } from "#lib/db/transaction.ts";
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

/**
 * How much larger a filter has to get before it is made anew, because each is a blob that every product fetches: at once while a launch or a rollout is open, and after ten minutes
 * however little it grew; more leisurely for a feature that everyone has, where a hold is a rare thing.
 */
const GROWTH = { launching: 1.01, settled: 1.1 } as const;
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

type WantedFilter = Membership & { name: string; pace: keyof typeof GROWTH };

async function wantedFilters(ctx: Context): Promise<WantedFilter[]> {
  const environmentId = ctx.environment.id;
  const [states, rollouts, frozen] = await Promise.all([
    ctx.db.featureState.findMany({ where: { environmentId }, include: { feature: { select: { key: true } } } }),
    ctx.db.rollout.findMany({
      where: { environmentId, status: "open" },
      include: { feature: { select: { key: true } } },
    }),
    frozenFilters(ctx.db, environmentId),
  ]);
  const ofFeatures = states.map(({ feature, featureId, envelope }): WantedFilter => {
    const launching = envelope !== null || rollouts.some((rollout) => rollout.featureId === featureId);
    const name = featureFilterName(feature.key);
    return { environmentId, featureKey: feature.key, release: null, name, pace: launching ? "launching" : "settled" };
  });
  const ofRollouts = rollouts.flatMap(({ feature, featureId, arms }): WantedFilter[] => {
    const current = states.find((state) => state.featureId === featureId)?.releaseId;
    const release = releasesOf(arms).find((candidate) => candidate !== current);
    const name = rolloutFilterName(feature.key);
    return release ? [{ environmentId, featureKey: feature.key, release, name, pace: "launching" }] : [];
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
  if (before && people < before.people * GROWTH[wanted.pace]) {
    const old = ctx.now.getTime() - before.builtAt.getTime() >= LONGEST_MS;
    if (!old || wanted.pace === "settled") return false;
  }

  const hashes: string[] = [];
  for await (const page of exposedUsers(ctx.db, wanted)) hashes.push(...page);
  const filter = buildMembershipFilter(hashes, hashes.length);
  const permission = { action: "filter.refresh", target: targetIn(ctx, { feature: wanted.featureKey }) } as const;
  const { value } = await publish(ctx, "filter.refresh", async (tx) => {
    // Under the lock again: a hold may have been placed while the filter was being made.
    if ((await frozenFilters(tx, wanted.environmentId)).has(wanted.name))
      return { value: false, moves: "filters", audit: [], permission };
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
      value: true,
      moves: "filters",
      permission,
      audit: [
        {
          action: "filter.refresh",
          // Not under the feature's activity: there people look for what somebody decided.
          target: `filter:${wanted.name}`,
          sentence: `The list of who has had ${wanted.release ? "the candidate" : "the feature"} was brought up to date: ${people} people.`,
        },
      ],
    };
  });
  return value;
}

/** Names of the filters that a hold which is placed relies on. */
async function frozenFilters(db: Pick<Tx, "control">, environmentId: string): Promise<Set<string>> {
  const held = await db.control.findMany({ where: { environmentId, liftedAt: null }, select: { effects: true } });
  return new Set(held.flatMap(({ effects }) => filtersNamedBy(effects)));
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
