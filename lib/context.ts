import type { Actor } from "./core/access/actor.ts";
import { type Action, can, type Target } from "./core/access/can.ts";
import type { PrismaClient } from "./db/generated/client.ts";
import { AppError } from "./errors.ts";

declare const minted: unique symbol;

/**
 * Who acts, where, when. Every query and command takes one first. Only three gates mint it: `lib/auth` (a person's
 * session), `lib/http` (an API key) and `lib/worker` (automation), so holding one proves that a gate was passed.
 */
export type Context = {
  readonly actor: Actor;
  readonly environment: { readonly id: string; readonly key: string; readonly name: string; readonly guarded: boolean };
  readonly db: PrismaClient;
  /** Server time of this request; rules never read the clock themselves. */
  readonly now: Date;
  readonly requestId: string;
  readonly [minted]: true;
};

/** Makes a Context. Called by the three gates and by tests only; an architecture test holds everyone else off. */
export function mintContext(parts: Omit<Context, typeof minted>): Context {
  return parts as Context;
}

/** The target of a command in the Context's environment at the Context's time. */
export function targetIn(ctx: Context, about: Omit<Target, "environment" | "now">): Target {
  return { environment: ctx.environment, now: ctx.now.getTime(), ...about };
}

/** First step of every command and of every query that not everyone may make. @throws AppError `forbidden` that says why and who could. */
export function authorize(ctx: Context, action: Action, about: Omit<Target, "environment" | "now">): void {
  const answer = can(ctx.actor, action, targetIn(ctx, about));
  if (answer.allowed) return;
  const { because, whoCould } = answer;
  throw new AppError("forbidden", `${because} ${whoCould}`, { because, whoCould });
}
