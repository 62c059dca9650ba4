import type { Context } from "#lib/context.ts";
import type { Scope } from "#lib/core/decision/ruleset.ts";
import { AppError } from "#lib/errors.ts";
import type { RulesetFloor } from "#lib/telemetry/aggregate-source.ts";
import { soon } from "#lib/telemetry/recent.ts";
import { aggregateSource } from "#lib/telemetry/store.ts";
import type { ProofView } from "../controls/schema.ts";
import { follows, isHeard, type KnownInstance, proofView, usedLately } from "./present.ts";
import type { InstanceView } from "./schema.ts";

/** Instances of the environment that neither closed nor were dismissed, however long they have been silent, by name. */
export async function knownInstances(ctx: Context): Promise<KnownInstance[]> {
  return ctx.db.$queryRaw<KnownInstance[]>`
    select i.id, i.app, i.name, i."firstHeardAt", i."lastHeardAt", i.version, i.epoch, i."appliedAt" as since, r."publishedAt" as "rulesAt", i.features
    from "Instance" i
      left join "RulesetVersion" r on r."environmentId" = i."environmentId" and r.epoch = i.epoch and r.version = i.version
    where i."environmentId" = ${ctx.environment.id}::uuid and i."closedAt" is null and i."dismissedAt" is null
    order by i.name, i.id`;
}

/** Running SDKs of the environment as people see them, by name; silent ones too, until they end or somebody dismisses them. */
export async function listInstances(ctx: Context, known?: readonly KnownInstance[]): Promise<InstanceView[]> {
  const [instances, newest] = await Promise.all([
    known ?? knownInstances(ctx),
    ctx.db.environment.findUniqueOrThrow({ where: { id: ctx.environment.id }, select: { epoch: true, version: true } }),
  ]);
  return instances.map((one) => ({
    id: one.id,
    app: one.app,
    name: one.name,
    lastHeardAt: one.lastHeardAt.toISOString(),
    heard: isHeard(one, ctx.now),
    follows:
      one.version === null ? null : { version: one.version, since: (one.since ?? one.lastHeardAt).toISOString() },
    current: one.epoch === newest.epoch && one.version === newest.version,
    features: Object.keys(one.features)
      .filter((key) => usedLately(one, key, ctx.now))
      .sort(),
  }));
}

/** Who follows the ruleset that carries a control, or, once it is lifted, the one without it. @throws AppError `not-found` */
export async function proofOf(ctx: Context, controlId: string): Promise<ProofView> {
  const [proof] = await proofsOf(ctx, [controlId]);
  if (!proof) throw new AppError("not-found", "There is no such control in this environment.");
  return proof;
}

/** Proofs of several controls of the environment at once; ids that are not there are left out. */
export async function proofsOf(
  ctx: Context,
  ids: readonly string[],
  known?: readonly KnownInstance[],
): Promise<ProofView[]> {
  if (ids.length === 0) return [];
  const [controls, instances, environment] = await Promise.all([
    ctx.db.control.findMany({
      where: { environmentId: ctx.environment.id, id: { in: [...ids] } },
      select: { id: true, scope: true, placedAt: true, publishedVersion: true, liftedAt: true, liftedVersion: true },
    }),
    known ?? knownInstances(ctx),
    ctx.db.environment.findUniqueOrThrow({ where: { id: ctx.environment.id }, select: { epoch: true } }),
  ]);
  return Promise.all(
    controls.map(async (control) => {
      const scope = control.scope as Scope;
      const from = {
        version: control.liftedVersion ?? control.publishedVersion,
        at: control.liftedAt ?? control.placedAt,
      };
      const users = instances.filter((one) => usedLately(one, scope.feature, ctx.now));
      const heard = users.filter((one) => isHeard(one, ctx.now));
      const confirmedAt = await confirmations(
        ctx,
        from.version,
        heard.map((one) => one.id),
      );
      const lastAt = Math.max(from.at.getTime(), ...heard.map((one) => confirmedAt.get(one.id)?.getTime() ?? 0));
      const everyone = heard.length > 0 && heard.every((one) => follows(one, from.version));
      // A lifted control restricts nobody, so nobody can have gone on past it.
      const restricts = everyone && control.liftedVersion === null;
      const floor = { epoch: environment.epoch, version: from.version };
      const older = restricts ? await olderDecisions(ctx, scope, floor, new Date(lastAt)) : 0;
      return proofView({ controlId: control.id, from, users, now: ctx.now, confirmedAt, olderDecisions: older });
    }),
  );
}

/** AI decisions in scope under older rules; null when telemetry cannot say. A stop is never held up for it. */
async function olderDecisions(ctx: Context, scope: Scope, floor: RulesetFloor, since: Date): Promise<number | null> {
  try {
    return await soon(aggregateSource().olderDecisionsSince(ctx.environment.id, scope, floor, since));
  } catch {
    return null;
  }
}

/** When each of these instances first confirmed that version or a later one. Versions rise through epochs too, so the number alone decides. */
async function confirmations(ctx: Context, version: number, ids: string[]): Promise<Map<string, Date>> {
  const rows = await ctx.db.confirmation.groupBy({
    by: ["instanceId"],
    where: { environmentId: ctx.environment.id, version: { gte: version }, instanceId: { in: ids } },
    _min: { acknowledgedAt: true },
  });
  return new Map(rows.flatMap((row) => (row._min.acknowledgedAt ? [[row.instanceId, row._min.acknowledgedAt]] : [])));
}
