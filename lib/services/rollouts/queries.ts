import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";

/** A rollout as commands need it: whose it is and whether it still runs. */
export type RolloutRow = { id: string; feature: { key: string; name: string }; open: boolean };

/** A rollout of the Context's environment. @throws AppError `not-found` */
export async function getRollout(ctx: Context, id: string): Promise<RolloutRow> {
  const row = /^[0-9a-f-]{36}$/i.test(id)
    ? await ctx.db.rollout.findFirst({
        where: { id, environmentId: ctx.environment.id },
        select: { id: true, status: true, feature: { select: { key: true, name: true } } },
      })
    : null;
  if (!row) throw new AppError("not-found", "There is no such rollout in this environment.");
  return { id: row.id, feature: row.feature, open: row.status === "open" };
}
