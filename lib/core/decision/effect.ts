import { z } from "zod";
import { RUNG_KINDS } from "./constants.ts";

export const rungKind = z.enum(RUNG_KINDS);
export type RungKind = z.infer<typeof rungKind>;

/** Where a rerouted call goes. */
export const modelTarget = z.object({ provider: z.string().min(1), model: z.string().min(1) });
export type ModelTarget = z.infer<typeof modelTarget>;

/**
 * What a control does within its scope. Each kind is one order of design section 3 (safer to the right), so
 * effects of any number of controls meet without regard to order. An effect of a kind this code does not know means `serve: fallback`.
 */
export const effect = z.discriminatedUnion("kind", [
  /** ai < fallback. `quality` starts below the `cached` rung, because a cached answer has the same fault. */
  z.object({ kind: z.literal("serve"), cause: z.enum(["quality", "availability", "cost"]) }),
  /** At least this rung of the scenario's ladder. */
  z.object({ kind: z.literal("rung"), rung: rungKind }),
  /** autonomous < suggestion. */
  z.object({ kind: z.literal("suggest") }),
  /** A person reviews outputs whose confidence is below this; 1 means every output. */
  z.object({ kind: z.literal("reviewBelow"), value: z.number().min(0).max(1) }),
  /** Outputs below this confidence are not shown at all. */
  z.object({ kind: z.literal("minConfidence"), value: z.number().min(0).max(1) }),
  /** The longest wait before the fallback, in milliseconds. */
  z.object({ kind: z.literal("maxLatency"), ms: z.number().int().positive() }),
  /** open < held: nobody who is not in the membership filter `filter` (key of `ruleset.filters`) is admitted. Others get the fallback (`feature`) or the current release (`rollout`). */
  z.object({ kind: z.literal("hold"), of: z.enum(["feature", "rollout"]), filter: z.string().min(1) }),
  /** Steps in the scope's provider or model (every step when it names neither): allowed < rerouted < stopped. */
  z.object({ kind: z.literal("stopModel") }),
  /** To a model of that provider: the named one, or (without `model`) the one that is a step of the same chain or an approved pair of the step. Not provable: stopped. */
  z.object({
    kind: z.literal("reroute"),
    to: z.object({ provider: z.string().min(1), model: z.string().min(1).optional() }),
  }),
  /** Skip the first `index` steps of the release's full chain. */
  z.object({ kind: z.literal("chainStart"), index: z.number().int().min(0) }),
  /** Requests per user per hour; above it the chain starts at its last step. */
  z.object({ kind: z.literal("rateLimit"), perHour: z.number().int().min(0) }),
  /** A text shown inside the workflow. `at` (epoch ms) orders notices, newest first. */
  z.object({ kind: z.literal("notice"), id: z.string().min(1), text: z.string().min(1).max(280), at: z.number() }),
]);
export type Effect = z.infer<typeof effect>;
export type EffectKind = Effect["kind"];
