import type { Context } from "#lib/context.ts";
import type { CompileSource } from "#lib/core/compile/source.ts";
import { SCHEMA_VERSION } from "#lib/core/decision/constants.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import type { RulesetName } from "#lib/core/delivery/wire.ts";
import type { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import type { RulesetSummary } from "./schema.ts";

type Reader = Pick<Prisma.TransactionClient, "environment" | "rulesetVersion">;

/** A ruleset as it was published, with `rulesetHash` of it. */
export type StoredRuleset = { ruleset: Ruleset; hash: string; publishedAt: Date; cause: string };

/** Name of the newest ruleset of each environment, by environment id: one cheap read, made every second by every replica. */
export async function newestVersions(db: PrismaClient): Promise<Map<string, RulesetName>> {
  const rows = await db.environment.findMany({ select: { id: true, epoch: true, version: true } });
  return new Map(rows.map(({ id, epoch, version }) => [id, { epoch, version }]));
}

/** The newest ruleset of an environment (its id); null before the first publication. */
export async function currentRuleset(db: Reader, environmentId: string): Promise<StoredRuleset | null> {
  const name = await db.environment.findUnique({
    where: { id: environmentId },
    select: { epoch: true, version: true },
  });
  return name && rulesetAt(db, environmentId, name);
}

/** The ruleset of that name; null when it was never published here. */
export async function rulesetAt(db: Reader, environmentId: string, name: RulesetName): Promise<StoredRuleset | null> {
  const row = await db.rulesetVersion.findUnique({
    where: { environmentId_epoch_version: { environmentId, epoch: name.epoch, version: name.version } },
  });
  return row && { ruleset: stored(row.ruleset), hash: row.hash, publishedAt: row.publishedAt, cause: row.cause };
}

/** The one published before that one, for diffs; null when it was the first. */
export async function rulesetBefore(
  db: Reader,
  environmentId: string,
  name: RulesetName,
): Promise<StoredRuleset | null> {
  const row = await db.rulesetVersion.findFirst({
    where: { environmentId, version: { lt: name.version } },
    orderBy: { version: "desc" },
  });
  return row && { ruleset: stored(row.ruleset), hash: row.hash, publishedAt: row.publishedAt, cause: row.cause };
}

/** The newest publications of the Context's environment, newest first. */
export async function listRulesets(ctx: Context, limit = 50): Promise<RulesetSummary[]> {
  const rows = await ctx.db.rulesetVersion.findMany({
    where: { environmentId: ctx.environment.id },
    orderBy: { version: "desc" },
    take: limit,
    select: { epoch: true, version: true, hash: true, publishedAt: true, cause: true },
  });
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
}

/**
 * What we stored we compiled ourselves, so its shape is only recognised, not parsed: parsing would drop what a newer
 * server wrote, and with it the hash would no longer fit. `decide` is total for whatever else it meets.
 */
function stored(body: unknown): Ruleset {
  if (isRuleset(body)) return body;
  throw new AppError("unavailable", "The stored rules cannot be read by this version of Evenkeel.");
}

function isRuleset(body: unknown): body is Ruleset {
  return typeof body === "object" && body !== null && "schemaVersion" in body && body.schemaVersion === SCHEMA_VERSION;
}

/** The environment row while this transaction holds its lock. `birthplace`: identity of the database that its epoch began in. */
export type LockedEnvironment = RulesetName & { id: string; birthplace: string };

/** Takes the environment's lock: every change of its rules waits here, and always takes this lock first. */
export async function lockEnvironment(tx: Tx, environmentId: string): Promise<LockedEnvironment> {
  const [row] = await tx.$queryRaw<LockedEnvironment[]>`
    select id, epoch, version, birthplace from "Environment" where id = ${environmentId}::uuid for update`;
  if (!row) throw new AppError("not-found", "There is no such environment.");
  return row;
}

/**
 * What tells this database from a copy of it: cluster, timeline, database and table. A dump brought back elsewhere, a `pg_restore --clean` in place and a point-in-time recovery
 * each change one of them. A failover or an upgrade may too; then a new epoch begins for nothing, which costs every product one fetch.
 * Empty where the server does not let us ask; then acknowledgements alone tell a restore.
 */
export async function databaseIdentity(db: PrismaClient): Promise<string> {
  const rows = await db.$queryRaw<{ identity: string }[]>`
    select concat_ws(':', (select system_identifier from pg_control_system()), (select timeline_id from pg_control_checkpoint()),
      (select oid from pg_database where datname = current_database()), '"Environment"'::regclass::oid) as identity`.catch(
    () => [],
  );
  return rows[0]?.identity ?? "";
}

/** Whether the epoch began in another database than this one. An identity that was never recorded, or cannot be asked for, says nothing. */
export function isCopy({ birthplace }: { birthplace: string }, identity: string): boolean {
  return birthplace !== "" && identity !== "" && birthplace !== identity;
}

/** Why a copy needs a new epoch, for the audit log. */
export const RESTORED =
  "The database is a restored copy, so running products may have seen rules that it does not know.";

/** Everything but the name that the next ruleset will have. */
export type UnnamedSource = Omit<CompileSource, "environment"> & {
  environment: Omit<CompileSource["environment"], "epoch" | "version">;
};

/** All rows that an environment's ruleset is compiled from. Read under the environment lock, so that what is compiled is what is stored. */
export async function readSource(tx: Tx, environmentId: string): Promise<UnnamedSource> {
  const here = { environmentId };
  const kept = { archivedAt: null };
  const environment = await tx.environment.findUniqueOrThrow({
    where: { id: environmentId },
    select: { key: true, userHashKey: true, staleColdMs: true, staleRunningMs: true },
  });
  const featureStates = await tx.featureState.findMany({ where: here });
  const featureIds = featureStates.map((state) => state.featureId);
  return {
    environment,
    featureStates,
    attributes: await tx.declaredAttribute.findMany({ where: kept, select: { key: true, type: true } }),
    cohorts: await tx.cohort.findMany({ where: { ...here, ...kept } }),
    approvedReroutes: await tx.approvedReroute.findMany({ where: kept }),
    features: await tx.feature.findMany({
      where: { id: { in: featureIds }, ...kept },
      include: { scenarios: { where: kept } },
    }),
    releases: await tx.release.findMany({ where: { featureId: { in: featureIds } } }),
    texts: await tx.approvedText.findMany({ where: kept, select: { key: true, text: true } }),
    rollouts: await tx.rollout.findMany({ where: { ...here, status: "open" } }),
    controls: await readControls(tx, environmentId),
    filters: await tx.membershipFilter.findMany({ where: here }),
  };
}

/** The environment's controls that are not lifted, as the compiler reads them. */
export function readControls(tx: Tx, environmentId: string): Promise<CompileSource["controls"]> {
  return tx.control.findMany({
    where: { environmentId, liftedAt: null },
    select: { id: true, sentence: true, scope: true, effects: true, expiresAt: true, liftedAt: true },
  });
}
