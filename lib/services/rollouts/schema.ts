import { z } from "zod";

/** Nobody new gets the candidate of this rollout. */
export const pauseRolloutInput = z.object({ environment: z.string().min(1), rollout: z.uuid() });

/**
 * Either ends a rollout (everyone gets the current release again), or takes a feature back from the release that is current to the one known good before it.
 * `from` is that current release as the person saw it: the same click twice is one step.
 */
export const rollBackInput = z.union([
  z.strictObject({ environment: z.string().min(1), rollout: z.uuid() }),
  z.strictObject({ environment: z.string().min(1), feature: z.string().min(1), from: z.string().min(1) }),
]);

/** Take a feature back to the release that was known good before its current one. */
export type RollBackFeatureInput = { feature: string; from: string };
