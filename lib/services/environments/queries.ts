import { authorize, type Context } from "#lib/context.ts";
import type { EnvironmentView } from "./schema.ts";

/** Environments in which the viewer has a role, the guarded ones (Production) first. */
export async function listEnvironments(ctx: Context): Promise<EnvironmentView[]> {
  authorize(ctx, "environment.view", {});
  const all = await ctx.db.environment.findMany({
    orderBy: [{ guarded: "desc" }, { name: "asc" }],
    select: { key: true, name: true, colour: true, guarded: true },
  });
  if (ctx.actor.kind !== "person") return all.filter((each) => each.key === ctx.environment.key);
  const { grants } = ctx.actor;
  return all.filter((each) => grants.some((grant) => grant.environment === null || grant.environment === each.key));
}
