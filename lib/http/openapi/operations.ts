import { z } from "zod";
import { PERMISSIONS } from "#lib/core/access/permissions.ts";
import { acknowledgement, heartbeat, rulesetPatch, rulesetWhole } from "#lib/core/delivery/wire.ts";
import { eventsAnswer, MAX_EVENTS, telemetryEvent } from "#lib/core/events/event.ts";
import { EVIDENCE_HEADERS, evidenceQuery } from "#lib/services/evidence/schema.ts";
import { liftQuery, listQuery, placeBody } from "../controls-answer.ts";
import { bulkEvaluation, evaluationFailure, evaluationRequest, evaluationSuccess } from "../ofrep/protocol.ts";
import { tracesBody } from "../otlp/spans.ts";

/** A control as it is answered; its times ISO 8601. */
const controlAnswer = z.object({
  control: z.looseObject({ id: z.uuid(), sentence: z.string(), placedAt: z.string(), placedBy: z.string() }),
  ruleset: z.object({ epoch: z.string(), version: z.number().int() }),
});
const status = z.object({ status: z.string() });

/** One operation of the API, by the schemas that the route itself parses with. `keys`: scopes of API keys that may call it; empty: nobody has to sign in. */
export type Operation = {
  method: "get" | "post" | "delete";
  path: string;
  summary: string;
  keys: readonly string[];
  query?: z.ZodType;
  body?: z.ZodType;
  answers: Record<string, { description: string; schema?: z.ZodType; mediaType?: string }>;
};

export const OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/api/v1/ruleset",
    summary: "The whole compiled ruleset of the key's environment, named by its entity tag.",
    keys: PERMISSIONS["ruleset.read"].keys,
    answers: { 200: { description: "The ruleset", schema: rulesetWhole }, 304: { description: "You have it" } },
  },
  {
    method: "get",
    path: "/api/v1/blobs/{sha256}",
    summary: "Immutable content that the ruleset names.",
    keys: PERMISSIONS["blob.read"].keys,
    answers: {
      200: { description: "The content", mediaType: "application/octet-stream" },
      304: { description: "You have it" },
    },
  },
  {
    method: "get",
    path: "/api/v1/stream",
    summary:
      "Server-sent events: `ruleset` (whole or patch) and a `heartbeat` every 5 seconds. `Last-Event-ID` resumes.",
    keys: PERMISSIONS["stream.open"].keys,
    answers: {
      200: {
        description: "The data of each event",
        schema: z.union([rulesetWhole, rulesetPatch, heartbeat]),
        mediaType: "text/event-stream",
      },
    },
  },
  {
    method: "post",
    path: "/api/v1/acknowledgements",
    summary: "An instance says which ruleset it follows.",
    keys: PERMISSIONS["instance.acknowledge"].keys,
    body: acknowledgement,
    answers: {
      204: { description: "Written down" },
      403: { description: "The connection was given to another key" },
      409: { description: "The connection is not open any more" },
    },
  },
  {
    method: "post",
    path: "/api/v1/events",
    summary: `Telemetry: at most ${MAX_EVENTS} events or 1 MiB, gzip allowed; idempotent by id.`,
    keys: PERMISSIONS["events.write"].keys,
    body: z.array(telemetryEvent),
    answers: {
      202: { description: "What became of each", schema: eventsAnswer },
      503: { description: "Keep them and come back after Retry-After" },
    },
  },
  {
    method: "get",
    path: "/api/v1/evidence",
    summary: `Who was affected: the decisions of a feature between two times, all or (\`answers=harmed\`) only those with a sign of harm, some of which a person caught before a customer saw them, with pseudonyms, controls and signals, as CSV or JSON lines, streamed. How many are coming is in the header \`${EVIDENCE_HEADERS.decisions}\`; fewer lines mean that it was cut off. Of how many people they are is in \`${EVIDENCE_HEADERS.people}\`, which is absent when these were too many to count one by one; so many of the decisions as \`${EVIDENCE_HEADERS.unnamed}\` says name nobody, and their people are not among them. \`${EVIDENCE_HEADERS.looseHarm}\` counts signs of harm between these times that name no decision, or one that was never reported or is no longer kept: they are in no line, and some may be of another feature.`,
    keys: PERMISSIONS["telemetry.export"].keys,
    query: evidenceQuery,
    answers: {
      200: { description: "One line a decision (CSV: after a line of column names)", mediaType: "text/csv" },
      412: { description: "Nothing of that time is kept" },
      429: { description: "Others are being read; come back after Retry-After" },
    },
  },
  {
    method: "get",
    path: "/api/v1/controls",
    summary: "The controls that hold now.",
    keys: PERMISSIONS["control.list"].keys,
    query: listQuery,
    answers: {
      200: {
        description: "Controls, newest first",
        schema: z.object({ controls: z.array(controlAnswer.shape.control) }),
      },
    },
  },
  {
    method: "post",
    path: "/api/v1/controls",
    summary: "Places a control on a feature of this key. Never rate-limited.",
    keys: PERMISSIONS["control.place"].keys,
    body: placeBody,
    answers: { 201: { description: "It holds", schema: controlAnswer } },
  },
  {
    method: "delete",
    path: "/api/v1/controls/{id}",
    summary: "Lifts a control that this key placed.",
    keys: PERMISSIONS["control.lift"].keys,
    query: liftQuery.pick({ reason: true }),
    answers: { 200: { description: "It no longer holds", schema: controlAnswer } },
  },
  {
    method: "post",
    path: "/api/v1/rollouts/{id}/pause",
    summary: "Nobody new gets the candidate. Never rate-limited.",
    keys: PERMISSIONS["rollout.pause"].keys,
    answers: { 201: { description: "It is held", schema: controlAnswer } },
  },
  {
    method: "post",
    path: "/api/v1/rollouts/{id}/rollback",
    summary: "Everyone gets the current release again. Never rate-limited.",
    keys: PERMISSIONS["rollout.rollback"].keys,
    answers: {
      200: {
        description: "It has ended",
        schema: z.object({ rollout: z.string(), ruleset: controlAnswer.shape.ruleset }),
      },
    },
  },
  {
    method: "post",
    path: "/api/ofrep/v1/evaluate/flags",
    summary: "OpenFeature Remote Evaluation Protocol: every feature and its fields for one context.",
    keys: PERMISSIONS["ofrep.evaluate"].keys,
    body: evaluationRequest,
    answers: {
      200: { description: "The flags", schema: bulkEvaluation },
      304: { description: "Nothing changed" },
      400: { description: "No context", schema: evaluationFailure },
    },
  },
  {
    method: "post",
    path: "/api/ofrep/v1/evaluate/flags/{key}",
    summary: "OpenFeature Remote Evaluation Protocol: a feature, or one field of its decision.",
    keys: PERMISSIONS["ofrep.evaluate"].keys,
    body: evaluationRequest,
    answers: {
      200: { description: "The flag", schema: evaluationSuccess },
      404: { description: "No such feature or field", schema: evaluationFailure },
    },
  },
  {
    method: "post",
    path: "/api/otlp/v1/traces",
    summary: "OTLP/HTTP in JSON: spans of model calls (gen_ai.*) become decision events.",
    keys: PERMISSIONS["events.write"].keys,
    body: tracesBody,
    answers: {
      200: {
        description: "Taken",
        schema: z.object({
          partialSuccess: z.object({ rejectedSpans: z.string(), errorMessage: z.string() }).optional(),
        }),
      },
      415: { description: "Not JSON" },
    },
  },
  {
    method: "get",
    path: "/api/metrics",
    summary: "Figures of this server for Prometheus.",
    keys: PERMISSIONS["metrics.read"].keys,
    answers: { 200: { description: "Prometheus text", mediaType: "text/plain" } },
  },
  {
    method: "get",
    path: "/api/health/live",
    summary: "The process runs.",
    keys: [],
    answers: { 200: { description: "It runs", schema: status } },
  },
  {
    method: "get",
    path: "/api/health/ready",
    summary: "The database answers and the hub reads it.",
    keys: [],
    answers: { 200: { description: "Send traffic", schema: status }, 503: { description: "Not yet", schema: status } },
  },
];
