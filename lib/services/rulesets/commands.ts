import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Context } from "#lib/context.ts";
import { type Action, can, type Target } from "#lib/core/access/can.ts";
import { compileControls, compileRuleset } from "#lib/core/compile/compile-ruleset.ts";
import { isTightening } from "#lib/core/decision/is-tightening.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { rulesetHash } from "#lib/core/delivery/hash.ts";
import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { type Tx, transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../audit/record.ts";
import type { AuditInput } from "../audit/schema.ts";
import {
  databaseIdentity,
  type LockedEnvironment,
  lockEnvironment,
  readControls,
  readSource,
  rulesetAt,
} from "./queries.ts";
import type { Published } from "./schema.ts";

/**
 * What a change did to the rows, to be judged and published. `moves`: `controls` when it touched only them; then nothing else is published with it, so that rows which somebody
 * changed behind Evenkeel's back can neither hold up a stop nor slip out with a lift. `permission`: what `can` is asked, with the proof of its direction added.
 */
export type Change<T> = {
  value: T;
  moves?: "controls";
  audit: AuditInput[];
  permission: { action: Action; target: Target };
};

/**
 * The one way to change what an environment decides. In ONE transaction: locks the environment row, lets `change` edit rows, compiles, proves whether
 * the result only tightens, stores it as version + 1, appends to the audit chain (its head locked last, briefly) and notifies.
 * `next` is the name the ruleset gets if anything in it moves; when nothing moves, nothing is published and no version is spent.
 * @throws AppError `forbidden` when the change is not proved down and this actor may not make it alone; says who could approve.
 */
export async function publish<T>(
  ctx: Context,
  cause: string,
  change: (tx: Tx, next: RulesetName) => Promise<Change<T>>,
): Promise<Published<T>> {
  const identity = await databaseIdentity(ctx.db);
  return transaction(ctx.db, async (tx) => {
    const environment = await lockEnvironment(tx, ctx.environment.id);
    const restored = isCopy(environment, identity);
    return publishLocked(tx, ctx, { environment, cause, change, identity, newEpoch: restored ? RESTORED : null });
  });
}

/** Whether the epoch began in another database than this one. An identity that was never recorded, or cannot be asked for, says nothing. */
function isCopy({ birthplace }: { birthplace: string }, identity: string): boolean {
  return birthplace !== "" && identity !== "" && birthplace !== identity;
}

const RESTORED = "The database is a restored copy, so running products may have seen rules that it does not know.";

/**
 * Starts a new epoch with the same rules. A new epoch always wins, so products that had seen higher versions obey again. For after a restore; harmless otherwise.
 * `because` is the sentence for the audit log.
 */
export async function startEpoch(ctx: Context, because: string): Promise<RulesetName> {
  const identity = await databaseIdentity(ctx.db);
  return transaction(ctx.db, async (tx) => {
    const environment = await lockEnvironment(tx, ctx.environment.id);
    return publishLocked(tx, ctx, {
      environment,
      cause: "epoch.start",
      identity,
      newEpoch: because,
      change: nothing(ctx),
    });
  });
}

/** Starts a new epoch where the database is a restored copy, and publishes the first rules where there are none. Returns what it published, if anything. */
export async function recoverCopy(ctx: Context): Promise<RulesetName | null> {
  const identity = await databaseIdentity(ctx.db);
  const sound = (row: { version: number; birthplace: string }) => row.version > 0 && !isCopy(row, identity);
  const here = { id: ctx.environment.id };
  if (sound(await ctx.db.environment.findUniqueOrThrow({ where: here, select: { version: true, birthplace: true } }))) {
    return null;
  }
  return transaction(ctx.db, async (tx) => {
    const environment = await lockEnvironment(tx, ctx.environment.id);
    if (sound(environment)) return null;
    const because = environment.version === 0 ? "These are its first rules." : RESTORED;
    return publishLocked(tx, ctx, {
      environment,
      cause: "epoch.start",
      identity,
      newEpoch: because,
      change: nothing(ctx),
    });
  });
}

/**
 * What an acknowledgement proves: an instance follows a version of this very epoch that this database never published, so the database went back in
 * time. Starts a new epoch at once, because until then that instance ignores every stop. Does nothing when the claim no longer holds under the lock.
 */
export async function recoverFromRestore(ctx: Context, seen: RulesetName): Promise<RulesetName | null> {
  const identity = await databaseIdentity(ctx.db);
  return transaction(ctx.db, async (tx) => {
    const environment = await lockEnvironment(tx, ctx.environment.id);
    if (environment.epoch !== seen.epoch || environment.version >= seen.version) return null;
    const because = `A running product follows version ${seen.version}, but this database only knows ${environment.version}: it was restored.`;
    const watch: Context = { ...ctx, actor: { kind: "automation", name: "watch-restore" } };
    return publishLocked(tx, watch, {
      environment,
      cause: "epoch.start",
      identity,
      newEpoch: because,
      change: nothing(watch),
    });
  });
}

function nothing(ctx: Context) {
  return async (): Promise<Change<null>> => ({
    value: null,
    audit: [],
    permission: { action: "ruleset.change", target: { environment: ctx.environment, now: ctx.now.getTime() } },
  });
}

type Publication<T> = {
  environment: LockedEnvironment;
  cause: string;
  identity: string;
  newEpoch: string | null;
  change: (tx: Tx, next: RulesetName) => Promise<Change<T>>;
};

async function publishLocked<T>(tx: Tx, ctx: Context, publication: Publication<T>): Promise<Published<T>> {
  const { environment, cause, identity, newEpoch } = publication;
  const current: RulesetName = { epoch: environment.epoch, version: environment.version };
  const next: RulesetName = { epoch: newEpoch ? randomUUID() : current.epoch, version: current.version + 1 };
  const before = await rulesetAt(tx, environment.id, current);
  const { value, moves, audit, permission } = await publication.change(tx, next);
  const after =
    moves === "controls" && before
      ? { ...before.ruleset, ...next, controls: await compiledControls(tx, environment.id) }
      : await compiledRuleset(tx, environment.id, next);
  const unmoved = before !== null && !newEpoch && rulesetHash({ ...after, ...current }) === before.hash;
  if (!unmoved) {
    permit(ctx, before?.ruleset ?? null, after, { moves, permission });
    await store(tx, ctx, { after, cause, identity });
  } else if (audit.length > 0) {
    permit(ctx, before.ruleset, before.ruleset, { moves, permission });
  }

  if (newEpoch) await recordAudit(tx, ctx, epochEntry(ctx, newEpoch));
  const published = unmoved ? current : next;
  for (const entry of audit) {
    await recordAudit(tx, ctx, unmoved ? entry : { ...entry, details: { ...entry.details, ...published } });
  }
  if (!unmoved) await announce(tx, ctx.environment.key, published);
  return { ...published, changed: !unmoved, value };
}

async function compiledControls(tx: Tx, environmentId: string): Promise<Ruleset["controls"]> {
  return compileControls(await readControls(tx, environmentId));
}

async function compiledRuleset(tx: Tx, environmentId: string, name: RulesetName): Promise<Ruleset> {
  const source = await readSource(tx, environmentId);
  return compileRuleset({ ...source, environment: { ...source.environment, ...name } });
}

/** Asks `can` with what was proved of the change. The very first ruleset of an environment has nothing to be compared with. */
function permit(
  ctx: Context,
  before: Ruleset | null,
  after: Ruleset,
  { moves, permission: { action, target } }: Pick<Change<unknown>, "moves" | "permission">,
): void {
  const down = before === null || (moves === "controls" && onlyAdds(before, after));
  const proof = down ? { down } : isTightening(before, after, ctx.now.getTime());
  const answer = can(ctx.actor, action, { ...target, change: proof.down ? "down" : "up" });
  if (answer.allowed) return;
  throw new AppError("forbidden", `${answer.because} ${answer.whoCould}`, {
    because: answer.because,
    whoCould: answer.whoCould,
    ...(proof.down ? {} : { notProvedDown: proof.because }),
  });
}

/**
 * Whether every control stays and others are added, which is down by the meet itself. Asked first, because `isTightening` proves nothing of rules that it cannot read, and
 * an unreadable row somewhere must not stand between anybody and a stop.
 */
function onlyAdds({ controls: before }: Ruleset, { controls: after }: Ruleset): boolean {
  return Object.entries(before).every(([id, control]) => isDeepStrictEqual(control, after[id]));
}

async function store(tx: Tx, ctx: Context, made: { after: Ruleset; cause: string; identity: string }): Promise<void> {
  const { after, cause, identity } = made;
  const { epoch, version } = after;
  await tx.rulesetVersion.create({
    data: {
      environmentId: ctx.environment.id,
      epoch,
      version,
      ruleset: after,
      hash: rulesetHash(after),
      publishedAt: ctx.now,
      cause,
    },
  });
  await tx.environment.update({
    where: { id: ctx.environment.id },
    data: { epoch, version, ...(identity && { birthplace: identity }) },
  });
}

/** Wakes every replica at commit. Only the name travels: what is lost costs a second, because replicas also read the version every second. */
async function announce(tx: Tx, environment: string, name: RulesetName): Promise<void> {
  const payload = JSON.stringify({ environment, epoch: name.epoch, version: name.version });
  await tx.$executeRaw`select pg_notify('evenkeel_ruleset', ${payload})`;
}

function epochEntry(ctx: Context, because: string): AuditInput {
  return {
    action: "epoch.start",
    target: `environment:${ctx.environment.key}`,
    sentence: `A new epoch of rules began in ${ctx.environment.name}. ${because}`,
  };
}
