import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { liftControl } from "#lib/services/controls/commands/lift.ts";
import { placeControl } from "#lib/services/controls/commands/place.ts";
import { getControl, listActive } from "#lib/services/controls/queries.ts";
import { placeControlInput } from "#lib/services/controls/schema.ts";
import { pauseRollout, rollBackRollout } from "#lib/services/rollouts/commands.ts";
import type { KeyContext } from "./authenticate.ts";

/** A control as automation places it. The environment is the key's; without an `idempotencyKey` the same sentence again is still one control. */
export const placeBody = placeControlInput
  .omit({ environment: true, idempotencyKey: true })
  .extend({ idempotencyKey: z.uuid().optional() });
export const listQuery = z.object({ feature: z.string().optional() });
export const liftQuery = z.object({ id: z.uuid().optional(), reason: z.string().trim().max(500).optional() });

export async function listControls(ctx: KeyContext, feature?: string): Promise<object> {
  return { controls: await listActive(ctx, feature) };
}

/** Places a control: 201 with the control and the name of the ruleset that carries it. */
export async function placeByKey(ctx: KeyContext, body: z.infer<typeof placeBody>): Promise<Response> {
  const { idempotencyKey = randomUUID(), ...control } = body;
  const placed = await placeControl(ctx, { ...control, environment: ctx.environment.key, idempotencyKey });
  return answer(ctx, placed.value, placed, 201);
}

/** Lifts a control that this key placed. */
export async function liftByKey(ctx: KeyContext, id: string | undefined, reason?: string): Promise<Response> {
  if (!z.uuid().safeParse(id).success || id === undefined)
    throw new AppError("not-found", "There is no such control in this environment.");
  const lifted = await liftControl(ctx, { environment: ctx.environment.key, id, reason: reason ?? null });
  return answer(ctx, id, lifted, 200);
}

/** Pauses a rollout: nobody new gets the candidate. */
export async function pauseByKey(ctx: KeyContext, rolloutId: string): Promise<Response> {
  const paused = await pauseRollout(ctx, rolloutId);
  return answer(ctx, paused.value, paused, 201);
}

/** Ends a rollout: everyone gets the current release again. */
export async function rollBackByKey(ctx: KeyContext, rolloutId: string): Promise<object> {
  const { epoch, version } = await rollBackRollout(ctx, rolloutId);
  return { rollout: rolloutId, ruleset: { epoch, version } };
}

async function answer(
  ctx: KeyContext,
  id: string,
  { epoch, version }: { epoch: string; version: number },
  status: number,
): Promise<Response> {
  const control = await getControl(ctx, id);
  return Response.json({ control, ruleset: { epoch, version } }, { status, headers: { "cache-control": "no-store" } });
}
