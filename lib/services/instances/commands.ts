import { validate as isUuid } from "uuid";
import { authorize, type Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import type { Acknowledgement, RulesetName } from "#lib/core/delivery/wire.ts";
import { transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../audit/record.ts";
import { recoverFromRestore } from "../rulesets/commands/start-epoch.ts";
import { type DismissInstanceInput, dismissInstanceInput } from "./schema.ts";

/**
 * Writes down which ruleset each instance follows: one statement for the whole batch, outside the environment lock. `ctx` is the key's, and an
 * instance belongs to the key it came with: nobody confirms for another's. An instance that follows a version which this database never made
 * proves that the database was restored; then a new epoch starts at once.
 */
export async function acknowledge(ctx: Context, acknowledgements: readonly Acknowledgement[]): Promise<void> {
  authorize(ctx, "instance.acknowledge", {});
  if (ctx.actor.kind !== "key") throw new AppError("forbidden", "Only a running product acknowledges rules.");
  const newest = new Map(acknowledgements.map((one) => [one.instance, one]));
  const rows = JSON.stringify([...newest.values()].map((one) => rowOf(one, ctx.now)));
  await ctx.db.$executeRaw`
    with heard as (
      select one.*, greatest(coalesce(before."droppedDecisions", 0) + one.decisions, one."allDecisions") as "droppedDecisions",
        greatest(coalesce(before."droppedSignals", 0) + one.signals, one."allSignals") as "droppedSignals"
      from jsonb_to_recordset(${rows}::jsonb) as one(
        id uuid, app text, name text, sdk text, connection text, epoch uuid, version int, "appliedAt" timestamptz,
        features jsonb, decisions bigint, signals bigint, "allDecisions" bigint, "allSignals" bigint, closing boolean)
      left join "Instance" before on before."environmentId" = ${ctx.environment.id}::uuid and before.id = one.id
    ), kept as (
      insert into "Instance" as known (id, "environmentId", app, name, sdk, "apiKeyId", connection, epoch, version, "appliedAt",
        "acknowledgedAt", "firstHeardAt", "lastHeardAt", features, "droppedDecisions", "droppedSignals", "closedAt")
      select id, ${ctx.environment.id}::uuid, app, name, sdk, ${ctx.actor.id}::uuid, connection, epoch, version, "appliedAt",
        case when epoch is null then null else ${ctx.now}::timestamptz end, ${ctx.now}, ${ctx.now}, features, "droppedDecisions", "droppedSignals",
        case when closing then ${ctx.now}::timestamptz end
      from heard
      on conflict ("environmentId", id) do update set
        app = excluded.app, name = excluded.name, sdk = excluded.sdk, connection = excluded.connection,
        epoch = excluded.epoch, version = excluded.version, "appliedAt" = excluded."appliedAt", "acknowledgedAt" = excluded."acknowledgedAt",
        "lastHeardAt" = greatest(known."lastHeardAt", excluded."lastHeardAt"), features = excluded.features,
        "droppedDecisions" = greatest(known."droppedDecisions", excluded."droppedDecisions"),
        "droppedSignals" = greatest(known."droppedSignals", excluded."droppedSignals"),
        "closedAt" = excluded."closedAt", "dismissedAt" = null, "dismissedBy" = null
      where known."apiKeyId" = excluded."apiKeyId"
      returning known.id
    )
    insert into "Confirmation" ("environmentId", epoch, version, "instanceId", "appliedAt", "acknowledgedAt")
    select ${ctx.environment.id}::uuid, heard.epoch, heard.version, heard.id, heard."appliedAt", ${ctx.now}
    from heard
      join kept on kept.id = heard.id
      join "RulesetVersion" made
        on made."environmentId" = ${ctx.environment.id}::uuid and made.epoch = heard.epoch and made.version = heard.version
    on conflict do nothing`;
  await watchForRestore(ctx, [...newest.values()]);
}

/** A person says that an instance which is not heard from any more is really gone. */
export async function dismissInstance(ctx: Context, raw: DismissInstanceInput): Promise<void> {
  authorize(ctx, "instance.dismiss", {});
  const input = dismissInstanceInput.parse(raw);
  await transaction(ctx.db, async (tx) => {
    const where = { environmentId_id: { environmentId: ctx.environment.id, id: input.id } };
    const instance = await tx.instance.findUnique({ where, select: { name: true, dismissedAt: true } });
    if (!instance) throw new AppError("not-found", "There is no such instance.");
    if (instance.dismissedAt) return;
    await tx.instance.update({ where, data: { dismissedAt: ctx.now, dismissedBy: actorReference(ctx.actor) } });
    await recordAudit(tx, ctx, {
      action: "instance.dismiss",
      target: `instance:${input.id}`,
      sentence: `${instance.name} was dismissed: it is not waited for any more.`,
      reason: input.reason,
    });
  });
}

/** Largest version that the table holds. */
const MOST = 2 ** 31 - 1;

/** What an instance said, made safe to store: one that talks nonsense must not cost the others of its batch their confirmation. */
function rowOf(one: Acknowledgement, now: Date) {
  const follows = one.ruleset && isUuid(one.ruleset.epoch) && one.ruleset.version <= MOST ? one.ruleset : null;
  const within = (at: number) => new Date(Math.max(0, Math.min(at, now.getTime()))).toISOString();
  return {
    id: one.instance,
    app: storable(one.app),
    name: storable(one.name),
    sdk: storable(one.sdk),
    connection: one.connection === null ? null : storable(one.connection),
    epoch: follows?.epoch ?? null,
    version: follows?.version ?? null,
    appliedAt: follows ? within(one.appliedAt) : null,
    features: Object.fromEntries(Object.entries(one.features).map(([key, at]) => [storable(key), within(at)])),
    // Either what came since, to be added, or all of it, to be kept where it is more.
    ...(one.droppedTotal
      ? { decisions: 0, signals: 0, allDecisions: one.droppedTotal.decisions, allSignals: one.droppedTotal.signals }
      : { decisions: Math.max(0, one.dropped.decisions), signals: Math.max(0, one.dropped.signals) }),
    closing: one.closing,
  };
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Cs}/gu, "\ufffd");
}

async function watchForRestore(ctx: Context, acknowledgements: readonly Acknowledgement[]): Promise<void> {
  const claimed = acknowledgements.map((one) => one.ruleset).filter((name) => name !== null);
  if (claimed.length === 0) return;
  const own = await ctx.db.environment.findUniqueOrThrow({
    where: { id: ctx.environment.id },
    select: { epoch: true, version: true },
  });
  const ahead = claimed.filter((name) => name.epoch === own.epoch && name.version > own.version);
  const [highest] = ahead.sort((a: RulesetName, b: RulesetName) => b.version - a.version);
  if (highest) await recoverFromRestore(ctx, highest);
}
