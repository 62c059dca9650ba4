import { authorize, type Context, targetIn } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { publish } from "../../rulesets/commands/publish.ts";

/**
 * Ends the controls whose chosen time has passed, in one publication. Products already ignore them by proved server time; this takes them off the screens and out of the rules.
 * Returns how many ended.
 */
export async function expireControls(ctx: Context): Promise<number> {
  authorize(ctx, "control.expire", {});
  const over = { environmentId: ctx.environment.id, liftedAt: null, expiresAt: { lte: ctx.now } };
  if ((await ctx.db.control.count({ where: over })) === 0) return 0;

  const { value } = await publish(ctx, "control.expire", async (tx, next) => {
    const ending = await tx.control.findMany({ where: over, orderBy: { id: "asc" } });
    for (const control of ending) {
      await tx.control.update({
        where: { id: control.id },
        data: {
          liftedAt: control.expiresAt,
          liftedBy: actorReference(ctx.actor),
          liftedByName: ctx.actor.name,
          liftReason: "The time chosen for it was over.",
          liftedVersion: next.version,
        },
      });
    }
    return {
      value: ending.length,
      moves: "controls",
      permission: { action: "control.expire", target: targetIn(ctx, {}) },
      audit: ending.map((control) => ({
        action: "control.expire",
        target: `control:${control.id}`,
        featureKey: control.featureKey,
        sentence: `"${control.sentence}" ended at the time chosen for it.`,
        details: { control: control.sentence },
      })),
    };
  });
  return value;
}
