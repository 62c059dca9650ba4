import { z } from "zod";
import { attributeValue } from "./condition.ts";
import { SCHEMA_VERSION } from "./constants.ts";
import { rungKind } from "./effect.ts";
import { chainStep } from "./ruleset.ts";

/** What the host tells about one request. Nothing here is required: what is missing is unknown, and unknown is read safely. */
export const decisionContext = z.object({
  userId: z.string().optional(),
  scenarios: z.array(z.string()).optional(),
  attributes: z.record(z.string(), attributeValue).optional(),
  sticky: z.string().optional(),
});
export type DecisionContext = z.infer<typeof decisionContext>;

/** What surrounds a decision. `now`: proved server time, epoch ms. `usage.perHour`: this user's requests in the last hour; absent counts as over any limit. */
export const decisionInputs = z.object({
  now: z.number(),
  requestId: z.string(),
  usage: z.object({ perHour: z.number().min(0) }).optional(),
});
export type DecisionInputs = z.infer<typeof decisionInputs>;

export const reasonCode = z.enum([
  "control", // a control in scope acted
  "stale", // the rules are too old to be trusted
  "local-stop", // EVENKEEL_STOP on this host
  "unknown-feature",
  "unreadable-ruleset",
  "feature-off",
  "outside-envelope",
  "not-admitted", // exposure is held and this user is not in it
  "held-to-current", // rollout exposure is held: current release instead of the candidate
  "candidate", // this user is in a rollout's arm
  "pinned",
  "withdrawn-release",
  "rate-limited",
  "no-model-left", // stops and reroutes left no step of the chain
  "unknown-rule", // an effect or kind this code does not know
]);
export type ReasonCode = z.infer<typeof reasonCode>;

export const reason = z.object({ code: reasonCode, controlId: z.string().optional(), sentence: z.string() });
export type Reason = z.infer<typeof reason>;

export const decision = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** The request's id (a UUIDv7 from the SDK); the id of its decision event. */
  id: z.string(),
  feature: z.string(),
  serve: z.enum(["ai", "fallback"]),
  mode: z.enum(["autonomous", "suggestion"]),
  reviewBelow: z.number(),
  minConfidence: z.number(),
  maxLatencyMs: z.number(),
  stream: z.boolean(),
  /** `current`, an arm's key, or `pinned`; null when no release was reached. */
  arm: z.string().nullable(),
  slot: z.number().int().nullable(),
  release: z.string().nullable(),
  /** Steps to try in order; empty when `serve` is `fallback`. */
  chain: z.array(chainStep),
  /** The rung to use when the fallback is served, now or after the chain failed. `position` is its index on the scenario's ladder (-1: none designed). */
  fallback: z.object({ rung: rungKind, content: z.string(), position: z.number().int() }),
  notices: z.array(z.object({ id: z.string(), text: z.string() })),
  shadow: z.object({ release: z.string() }).nullable(),
  sample: z.boolean(),
  because: z.array(reason),
  /** Opaque token to keep with the conversation; null when there is no arm to hold. */
  sticky: z.string().nullable(),
  ruleset: z.object({ epoch: z.string(), version: z.number() }),
});
export type Decision = z.infer<typeof decision>;
