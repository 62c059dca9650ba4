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
import { recordAudit } from "../../audit/record.ts";
import type { AuditInput } from "../../audit/schema.ts";
import {
  databaseIdentity,
  isCopy,
  type LockedEnvironment,
  lockEnvironment,
  RESTORED,
  readControls,
  readSource,
  rulesetAt,
} from "../queries.ts";
import type { Published } from "../schema.ts";

/**
 * What a change did to the rows, to be judged and published. `moves`: `controls` or `filters` when it touched only those, `nothing` when only the name changes; nothing
 * else is published then, so that rows which somebody changed behind Evenkeel's back can neither hold up a stop nor slip out with a lift. Absent: everything. `permission`: what `can` is asked, with the proof of its direction added.
 */
export type Change<T> = {
  value: T;
  moves?: "controls" | "filters" | "nothing";
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
    const newEpoch = isCopy(environment, identity) ? RESTORED : null;
    return publishLocked(tx, ctx, { environment, cause, change, identity, newEpoch });
  });
}

/** A publication under way: its environment is locked. `newEpoch`: why it begins a new epoch, null when it does not. */
export type Publication<T> = {
  environment: LockedEnvironment;
  cause: string;
  identity: string;
  newEpoch: string | null;
  change: (tx: Tx, next: RulesetName) => Promise<Change<T>>;
};

/** The rest of `publish`, for whoever holds the environment's lock and knows whether a new epoch begins. */
export async function publishLocked<T>(tx: Tx, ctx: Context, publication: Publication<T>): Promise<Published<T>> {
  const { environment, cause, identity, newEpoch } = publication;
  const current: RulesetName = { epoch: environment.epoch, version: environment.version };
  const next: RulesetName = { epoch: newEpoch ? randomUUID() : current.epoch, version: current.version + 1 };
  const before = await rulesetAt(tx, environment.id, current);
  const { value, moves, audit, permission } = await publication.change(tx, next);
  const after = await compiled(tx, { environmentId: environment.id, before: before?.ruleset ?? null, next, moves });
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

type Compiling = Pick<Change<unknown>, "moves"> & { environmentId: string; before: Ruleset | null; next: RulesetName };

async function compiled(tx: Tx, { environmentId, before, next, moves }: Compiling): Promise<Ruleset> {
  if (before && moves === "nothing") return { ...before, ...next };
  if (before && moves === "controls") {
    return { ...before, ...next, controls: compileControls(await readControls(tx, environmentId)) };
  }
  const source = await readSource(tx, environmentId);
  const everything = compileRuleset({ ...source, environment: { ...source.environment, ...next } });
  return before && moves === "filters" ? { ...before, ...next, filters: everything.filters } : everything;
}

/** Asks `can` with what was proved of the change. The very first ruleset of an environment has nothing to be compared with. */
function permit(
  ctx: Context,
  before: Ruleset | null,
  after: Ruleset,
  { moves, permission: { action, target } }: Pick<Change<unknown>, "moves" | "permission">,
): void {
  const down = before === null || ((moves === "controls" || moves === "nothing") && onlyAdds(before, after));
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
