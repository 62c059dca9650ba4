import { randomUUID } from "node:crypto";
import { authorize, type Context, targetIn } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { placeControl } from "../controls/commands/place.ts";
import { publish } from "../rulesets/commands/publish.ts";
import type { Published } from "../rulesets/schema.ts";
import { getRollout } from "./queries.ts";

/**
 * Pauses a rollout: who has the candidate keeps it, nobody new gets it. Pausing again changes nothing. `value` is the id of the control that holds it.
 * @throws AppError `not-found`; `precondition-failed` when it has ended.
 */
export async function pauseRollout(ctx: Context, id: string): Promise<Published<string>> {
  const rollout = await getRollout(ctx, id);
  authorize(ctx, "rollout.pause", { feature: rollout.feature.key, change: "down" });
  if (!rollout.open) throw new AppError("precondition-failed", "This rollout has ended; there is nothing to pause.");
  return placeControl(ctx, {
    environment: ctx.environment.key,
    template: "hold-rollout",
    params: { feature: rollout.feature.key },
    idempotencyKey: randomUUID(),
  });
}

/**
 * Ends a rollout in one step: everyone gets the current release again. Rolling back twice is rolling back once. `value` is the rollout's id.
 * @throws AppError `not-found`; `forbidden` where the current release is not proved to be the safer one and this actor may not decide that alone.
 */
export async function rollBackRollout(ctx: Context, id: string): Promise<Published<string>> {
  const rollout = await getRollout(ctx, id);
  const about = { feature: rollout.feature.key };
  authorize(ctx, "rollout.rollback", { ...about, change: "down" });
  const permission = { action: "rollout.rollback", target: targetIn(ctx, about) } as const;
  return publish(ctx, "rollout.rollback", async (tx) => {
    const ended = await tx.rollout.updateMany({
      where: { id, status: "open" },
      data: { status: "ended", endedAt: ctx.now },
    });
    const entry = {
      action: "rollout.rollback",
      target: `rollout:${id}`,
      featureKey: rollout.feature.key,
      sentence: `The rollout of ${rollout.feature.name} was rolled back: everyone gets the current release again.`,
    };
    return { value: id, permission, audit: ended.count === 0 ? [] : [entry] };
  });
}
