import { z } from "zod";
import { attributeType, condition } from "./condition.ts";
import { SCHEMA_VERSION, SLOTS } from "./constants.ts";
import { effect, modelTarget, rungKind } from "./effect.ts";

/** Opening hours of a rung that needs people: local times `HH:MM` in an IANA zone on ISO weekdays (1 = Monday). */
export const staffedHours = z.object({
  zone: z.string().min(1),
  days: z.array(z.number().int().min(1).max(7)),
  from: z.string().regex(/^\d{2}:\d{2}$/),
  to: z.string().regex(/^\d{2}:\d{2}$/),
});
export type StaffedHours = z.infer<typeof staffedHours>;

/** One rung of a designed fallback ladder. `content` names the approved text; the text itself is in `texts`. */
export const rung = z.object({ kind: rungKind, content: z.string(), staffed: staffedHours.optional() });
export type Rung = z.infer<typeof rung>;

export const riskLevel = z.enum(["low", "medium", "high"]);
export type RiskLevel = z.infer<typeof riskLevel>;

export const scenario = z.object({ name: z.string(), risk: riskLevel, ladder: z.array(rung) });
export type Scenario = z.infer<typeof scenario>;

/** One attempt in a release's chain. `timeoutMs` is enforced by abort. */
export const chainStep = z.object({
  provider: z.string().min(1),
  model: z.string().min(1),
  timeoutMs: z.number().int().positive(),
});
export type ChainStep = z.infer<typeof chainStep>;

/** A release as the decision needs it. Its prompts and parameters are in the blob named by `blob` (SHA-256). */
export const release = z.object({
  feature: z.string().min(1),
  name: z.string(),
  blob: z.string(),
  chain: z.array(chainStep),
  standing: z.enum(["unproven", "known-good", "withdrawn"]),
  /** Epoch ms since when it is known good; the newest one is where a rollback goes. */
  knownGoodSince: z.number().nullable(),
});
export type Release = z.infer<typeof release>;

/** Half-open slot range: `from` <= slot < `to`, within 0..100,000. */
export const slotRange = z.object({ from: z.number().int().min(0), to: z.number().int().max(SLOTS) });
export type SlotRange = z.infer<typeof slotRange>;

export const arm = z.object({ key: z.string().min(1), release: z.string().min(1), ranges: z.array(slotRange) });
export type Arm = z.infer<typeof arm>;

/** A candidate replacing the current release in stages. Slots in no arm's ranges are served the current release. */
export const rollout = z.object({
  id: z.string().min(1),
  /** 32-bit seed of the slot hash; survives restarts and edits. */
  seed: z.number().int().min(0).max(0xffffffff),
  /** Who may be in an arm at all; must be definitely true. `null`: everyone inside the launch envelope. */
  eligible: condition.nullable(),
  arms: z.array(arm),
  /** A release to run without showing it, for this share of requests (0 to 1). */
  shadow: z.object({ release: z.string().min(1), share: z.number().min(0).max(1) }).nullable(),
});
export type Rollout = z.infer<typeof rollout>;

export const feature = z.object({
  name: z.string(),
  on: z.boolean(),
  /** The launch envelope: must be definitely true. `null`: everyone. */
  envelope: condition.nullable(),
  /** Id of the current release. */
  release: z.string().min(1),
  mode: z.enum(["autonomous", "suggestion"]),
  reviewBelow: z.number().min(0).max(1),
  minConfidence: z.number().min(0).max(1),
  maxLatencyMs: z.number().int().positive(),
  /** The host may stream outputs when nothing has to be checked first. */
  stream: z.boolean(),
  /** Share of requests (0 to 1) whose redacted input and output are asked for. */
  sampleShare: z.number().min(0).max(1),
  scenarios: z.record(z.string(), scenario),
  /** Ladder for requests in no declared scenario. */
  ladder: z.array(rung),
  rollout: rollout.nullable(),
  /** Exact pseudonyms (userHash) -> release id, for a grace period; `until` in epoch ms. */
  pins: z.array(z.object({ userHash: z.string(), release: z.string(), until: z.number() })),
  /** Name in `filters` of who has had this feature (held exposure), kept fresh in the background. */
  exposureFilter: z.string().nullable(),
  /** The same for the rollout's candidate. */
  rolloutFilter: z.string().nullable(),
});
export type Feature = z.infer<typeof feature>;

/** Where a control holds. An absent dimension means all of it. Scenario implies feature. */
export const scope = z.object({
  provider: z.string().optional(),
  model: z.string().optional(),
  feature: z.string().optional(),
  scenario: z.string().optional(),
  cohort: z.string().optional(),
});
export type Scope = z.infer<typeof scope>;

export const control = z.object({
  /** The order in plain words, as the operator read it. */
  sentence: z.string().min(1),
  scope,
  effects: z.array(effect).min(1),
  /** Server time (epoch ms) from which it no longer holds; `null`: until lifted. */
  expiresAt: z.number().nullable(),
  /** Why it appears in `because`: a person's or automation's control, staleness, or a local stop. */
  code: z.enum(["control", "stale", "local-stop"]).default("control"),
});
export type Control = z.infer<typeof control>;

/** Membership filter (Bloom, at most 0.1 % false admission) over pseudonyms, read by `membership.ts`; `size` in bits, a multiple of 8. Its bits are in blob `blob`, and inline as base64 in `bits` once loaded. */
export const membershipFilter = z.object({
  blob: z.string(),
  hashes: z.number().int().positive(),
  size: z.number().int().min(0),
  bits: z.string().optional(),
});
export type MembershipFilter = z.infer<typeof membershipFilter>;

/** The compiled rules of one environment: everything `decide` needs, and nothing personal. */
export const ruleset = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  environment: z.string().min(1),
  epoch: z.uuid(),
  version: z.number().int().min(0),
  staleAfter: z.object({ coldStartMs: z.number().int().positive(), runningMs: z.number().int().positive() }),
  /** Key of userHash = first 128 bits of HMAC-SHA-256(key, userId), base64. */
  userHashKey: z.string(),
  attributes: z.record(z.string(), z.object({ type: attributeType })),
  cohorts: z.record(z.string(), z.object({ name: z.string(), version: z.number().int(), when: condition })),
  /** Model pairs approved as reroute targets beforehand. */
  approvedReroutes: z.array(z.object({ from: modelTarget, to: modelTarget })),
  releases: z.record(z.string(), release),
  filters: z.record(z.string(), membershipFilter),
  /** Approved texts of rungs by content key. */
  texts: z.record(z.string(), z.string()),
  features: z.record(z.string(), feature),
  controls: z.record(z.string(), control),
});
export type Ruleset = z.infer<typeof ruleset>;
