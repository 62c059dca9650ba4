import type { Context } from "#lib/context.ts";
import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { transaction } from "#lib/db/transaction.ts";
import { databaseIdentity, isCopy, type LockedEnvironment, lockEnvironment, RESTORED } from "../queries.ts";
import { type Change, publishLocked } from "./publish.ts";

/**
 * Starts a new epoch with the rules as they are published, or publishes the first ones. A new epoch always wins, so products that had seen higher versions obey again.
 * For after a restore; harmless otherwise. `because` is a sentence for the audit log.
 */
export async function startEpoch(ctx: Context, because: string): Promise<RulesetName> {
  const started = await begin(ctx, () => because);
  return started ?? Promise.reject(new Error("an epoch with a reason always begins"));
}

/** Starts a new epoch where the database is a restored copy, and publishes the first rules where there are none. Null when nothing had to be done. */
export async function recoverCopy(ctx: Context): Promise<RulesetName | null> {
  const identity = await databaseIdentity(ctx.db);
  const row = await ctx.db.environment.findUniqueOrThrow({
    where: { id: ctx.environment.id },
    select: { version: true, birthplace: true },
  });
  if (row.version > 0 && !isCopy(row, identity)) return null;
  return begin(ctx, (environment, here) => {
    if (environment.version === 0) return "These are its first rules.";
    return isCopy(environment, here) ? RESTORED : null;
  });
}

/**
 * What an acknowledgement proves: an instance follows a version of this very epoch that this database never published, so the database went back in
 * time. Starts a new epoch at once, because until then that instance ignores every stop. Null when the claim no longer holds under the lock.
 */
export async function recoverFromRestore(ctx: Context, seen: RulesetName): Promise<RulesetName | null> {
  const watch: Context = { ...ctx, actor: { kind: "automation", name: "watch-restore" } };
  return begin(watch, ({ epoch, version }) => {
    if (epoch !== seen.epoch || version >= seen.version) return null;
    return `A running product follows version ${seen.version}, but this database only knows ${version}: it was restored.`;
  });
}

/** Begins a new epoch if, under the lock, there is a reason to. */
async function begin(
  ctx: Context,
  reason: (environment: LockedEnvironment, identity: string) => string | null,
): Promise<RulesetName | null> {
  const identity = await databaseIdentity(ctx.db);
  return transaction(ctx.db, async (tx) => {
    const environment = await lockEnvironment(tx, ctx.environment.id);
    const newEpoch = reason(environment, identity);
    if (newEpoch === null) return null;
    const nothing: Change<null> = {
      value: null,
      moves: "nothing",
      audit: [],
      permission: { action: "ruleset.change", target: { environment: ctx.environment, now: ctx.now.getTime() } },
    };
    const { epoch, version } = await publishLocked(tx, ctx, {
      environment,
      cause: "epoch.start",
      identity,
      newEpoch,
      change: async () => nothing,
    });
    return { epoch, version };
  });
}
