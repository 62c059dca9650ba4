import { z } from "zod";
import { SIGNAL_KINDS } from "./signal-kinds.ts";

const hash = z
  .string()
  .regex(/^[0-9a-f]{32}$/, "a userHash is 32 lowercase hex digits (first 128 bits of HMAC-SHA-256)");
const key = z.string().min(1).max(200);
const at = z.iso.datetime({ offset: true });
/** Stores answer with ids in lower case, and a UUID may be sent in either (RFC 9562, 4): whoever compares ids must never meet both. */
export const eventId = z.uuidv7().toLowerCase();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A name of any kind; one that is a UUID is told in lower case as well, because others know it as one. */
const name = (most: number) =>
  z
    .string()
    .max(most)
    .overwrite((text) => (UUID.test(text) ? text.toLowerCase() : text));

export const servedBy = z.enum(["primary", "secondary", "cached", "template", "static", "manual", "person"]);
export type ServedBy = z.infer<typeof servedBy>;

/** What one request was answered with. `id` is the decision's. Times are ISO 8601; money in US dollars; latency in milliseconds. */
export const decisionEvent = z.object({
  type: z.literal("decision"),
  id: eventId,
  at,
  instance: name(200),
  feature: key,
  scenarios: z.array(key).max(20).default([]),
  cohorts: z.array(key).max(50).default([]),
  /** Cohorts of which nobody can say whether the request is in them, because it carries no value that they ask for: a control on one holds for it too. */
  cohortsUnknown: z.array(key).max(200).default([]),
  release: key.nullable(),
  arm: key.nullable(),
  slot: z.number().int().min(0).max(99_999).nullable(),
  ruleset: z.object({ epoch: name(100), version: z.number().int().min(0) }),
  userHash: hash.optional(),
  sessionHash: hash.optional(),
  task: key.optional(),
  initiatedBy: z.enum(["user", "system"]).default("user"),
  served: servedBy,
  provider: key.nullable(),
  model: key.nullable(),
  modelReported: key.nullable().optional(),
  mode: z.enum(["autonomous", "suggestion"]),
  latencyMs: z.number().min(0).nullable(),
  costUsd: z.number().min(0).nullable().optional(),
  tokensIn: z.number().int().min(0).nullable().optional(),
  tokensOut: z.number().int().min(0).nullable().optional(),
  error: z.string().max(200).nullable().optional(),
  safetyFiltered: z.boolean().default(false),
  confidence: z.number().min(0).max(1).nullable().optional(),
  controls: z.array(name(100)).max(200).default([]),
  dimensions: z
    .record(key, z.union([z.string().max(200), z.number(), z.boolean()]))
    .refine((d) => Object.keys(d).length <= 3, "at most 3 dimensions")
    .default({}),
});
export type DecisionEvent = z.infer<typeof decisionEvent>;

export const signalKind = z.enum(SIGNAL_KINDS);
export type SignalKind = z.infer<typeof signalKind>;

/** What became of an output (`decisionId`), or what happened without one (`feature`, `scenarios`, `userHash`). */
export const signalEvent = z.object({
  type: z.literal("signal"),
  id: eventId,
  at,
  decisionId: eventId.optional(),
  feature: key.optional(),
  scenarios: z.array(key).max(20).optional(),
  userHash: hash.optional(),
  kind: signalKind,
  /** Seconds, share changed (0 to 1), or score, by kind. */
  value: z.number().optional(),
  /** A second figure of the same signal: for `edited`, `value` is seconds and `changed` the share of the text (0 to 1). */
  changed: z.number().min(0).max(1).optional(),
  label: z.string().max(200).optional(),
  actor: z.string().max(200).optional(),
});
export type SignalEvent = z.infer<typeof signalEvent>;

/** Redacted input and output of a decision that asked for it; never sent without a redactor. */
export const sampleEvent = z.object({
  type: z.literal("sample"),
  id: eventId,
  at,
  decisionId: eventId,
  input: z.string().max(20_000),
  output: z.string().max(20_000),
});
export type SampleEvent = z.infer<typeof sampleEvent>;

export const telemetryEvent = z.discriminatedUnion("type", [decisionEvent, signalEvent, sampleEvent]);
export type TelemetryEvent = z.infer<typeof telemetryEvent>;

/** Limits of one `POST /api/v1/events`. */
export const MAX_EVENTS = 1000;
export const MAX_EVENT_BYTES = 1024 * 1024;

/** Answer to `POST /api/v1/events`. */
export const eventsAnswer = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(z.object({ index: z.number().int(), code: z.string(), message: z.string() })),
});
export type EventsAnswer = z.infer<typeof eventsAnswer>;
