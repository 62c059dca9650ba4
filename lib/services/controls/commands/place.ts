import { isDeepStrictEqual } from "node:util";
import { authorize, type Context, targetIn } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { composeControl } from "#lib/core/controls/compose.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { publish } from "../../rulesets/commands/publish.ts";
import type { Published } from "../../rulesets/schema.ts";
import { controlNames } from "../queries.ts";
import { type PlaceControlInput, placeControlInput } from "../schema.ts";

type Parsed = ReturnType<typeof placeControlInput.parse>;

/**
 * Places a control and publishes it. The same click again (same `idempotencyKey`) and the same sentence again (same template and params, lasting no
 * longer than the one that is active) give the control that is there. `value` is its id.
 * @throws AppError `invalid-input` for a sentence that cannot be composed or a time that has passed (nobody may read "stopped" of what stops nothing); `forbidden` with who could do or approve it.
 */
export async function placeControl(ctx: Context, raw: PlaceControlInput): Promise<Published<string>> {
  const input = placeControlInput.parse(raw);
  const feature = input.params.feature ?? null;
  authorize(ctx, "control.place", { feature, change: "down" });
  const composed = composeControl(input.template, input.params, await controlNames(ctx), ctx.now.getTime());
  const permission = { action: "control.place", target: targetIn(ctx, { feature }) } as const;

  return publish(ctx, `control.place:${input.template}`, async (tx, next) => {
    const same = await alreadyThere(tx, ctx, input);
    if (same) return { value: same, moves: "controls", audit: [], permission };
    if (input.expiresAt !== null && Date.parse(input.expiresAt) <= ctx.now.getTime())
      throw new AppError(
        "invalid-input",
        "The time chosen for this has passed already, so it would stop nothing. Choose how long again.",
      );
    const { id } = await tx.control.create({
      data: {
        environmentId: ctx.environment.id,
        template: input.template,
        params: input.params,
        sentence: composed.sentence,
        scope: composed.scope,
        effects: composed.effects,
        featureKey: feature,
        scenarioKey: input.params.scenario ?? null,
        placedAt: ctx.now,
        placedBy: actorReference(ctx.actor),
        placedByName: ctx.actor.name,
        reason: input.reason || null,
        expiresAt: input.expiresAt,
        epoch: next.epoch,
        publishedVersion: next.version,
        idempotencyKey: input.idempotencyKey,
        impact: { sees: composed.sees },
      },
      select: { id: true },
    });
    return {
      value: id,
      moves: "controls",
      permission,
      audit: [
        {
          action: "control.place",
          target: `control:${id}`,
          featureKey: feature,
          sentence: `"${composed.sentence}" was switched on.`,
          reason: input.reason || null,
          details: { control: composed.sentence, template: input.template, expiresAt: input.expiresAt },
        },
      ],
    };
  });
}

/** The id of the control that makes this click unnecessary, if there is one. */
async function alreadyThere(tx: Tx, ctx: Context, input: Parsed): Promise<string | null> {
  const environmentId = ctx.environment.id;
  const { template, params, idempotencyKey } = input;
  const retried = await tx.control.findUnique({
    where: { environmentId_idempotencyKey: { environmentId, idempotencyKey } },
    select: { id: true, template: true, params: true },
  });
  if (retried) {
    if (retried.template === template && isDeepStrictEqual(retried.params, params)) return retried.id;
    throw new AppError("conflict", "This click was already used for another control. Close the dialog and try again.");
  }
  const until = input.expiresAt === null ? null : new Date(input.expiresAt);
  const active = await tx.control.findMany({
    where: {
      environmentId,
      template,
      liftedAt: null,
      OR: [{ expiresAt: null }, ...(until ? [{ expiresAt: { gte: until } }] : [])],
    },
    select: { id: true, params: true },
  });
  return active.find((control) => isDeepStrictEqual(control.params, params))?.id ?? null;
}
