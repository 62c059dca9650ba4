import { randomUUID } from "node:crypto";
import { authorize, type Context, targetIn } from "#lib/context.ts";
import { rollbackTarget } from "#lib/core/decision/rollback-target.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { placeControl } from "../controls/commands/place.ts";
import { publish } from "../rulesets/commands/publish.ts";
import { currentRuleset } from "../rulesets/queries.ts";
import type { Published } from "../rulesets/schema.ts";
import { getRollout } from "./queries.ts";
import type { RollBackFeatureInput } from "./schema.ts";

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

/**
 * Takes a feature back from its current release to its rollback target, in one step, and ends its rollout: nobody keeps a candidate of the release that is left. `from` must
 * still be the current one, so a click that comes twice goes back once. `value` is the release that everyone gets.
 * @throws AppError `not-found`; `precondition-failed` when nothing known good came before; `conflict` when the current release was changed meanwhile;
 * `forbidden` where the way back is not proved to be down (a control of this release would not hold for the other).
 */
export async function rollBackFeature(
  ctx: Context,
  { feature, from }: RollBackFeatureInput,
): Promise<Published<string>> {
  const about = { feature };
  authorize(ctx, "rollout.rollback", { ...about, change: "down" });
  const permission = { action: "rollout.rollback", target: targetIn(ctx, about) } as const;
  return publish(ctx, "rollout.rollback", async (tx) => {
    const state = await stateOf(tx, ctx, feature);
    const rules = await currentRuleset(tx, ctx.environment.id);
    const target = rollbackTarget(rules?.ruleset.releases ?? {}, feature, from);
    if (state.releaseId !== from) {
      if (state.releaseId === target) return { value: target, permission, audit: [] };
      throw new AppError(
        "conflict",
        "The release was changed meanwhile. Look at what is current now, then choose again.",
      );
    }
    if (target === null) {
      throw new AppError(
        "precondition-failed",
        "There is no earlier release that was known good. Stop the feature instead.",
      );
    }
    const { name } = await tx.release.findUniqueOrThrow({ where: { id: target }, select: { name: true } });
    await tx.featureState.update({ where: { id: state.id }, data: { releaseId: target } });
    await tx.rollout.updateMany({
      where: { environmentId: ctx.environment.id, featureId: state.featureId, status: "open" },
      data: { status: "ended", endedAt: ctx.now },
    });
    const entry = {
      action: "rollout.rollback",
      target: `release:${target}`,
      featureKey: feature,
      sentence: `${state.feature.name} was rolled back from "${state.release.name}" to "${name}".`,
      details: { from, to: target },
    };
    return { value: target, permission, audit: [entry] };
  });
}

async function stateOf(tx: Tx, ctx: Context, feature: string) {
  const state = await tx.featureState.findFirst({
    where: { environmentId: ctx.environment.id, feature: { key: feature, archivedAt: null } },
    select: {
      id: true,
      featureId: true,
      releaseId: true,
      feature: { select: { name: true } },
      release: { select: { name: true } },
    },
  });
  if (!state) throw new AppError("not-found", "There is no such feature in this environment.");
  return state;
}
