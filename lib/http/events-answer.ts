import { MAX_EVENT_BYTES, MAX_EVENTS } from "#lib/core/events/event.ts";
import { AppError } from "#lib/errors.ts";
import { TOO_LATE } from "#lib/telemetry/check-event.ts";
import { ingest } from "#lib/telemetry/ingest.ts";
import { ingestQueue } from "#lib/telemetry/store.ts";
import type { KeyContext } from "./authenticate.ts";
import { metrics } from "./metrics.ts";
import { noteDecisions } from "./note-decisions.ts";
import { pseudonymsOf } from "./pseudonym.ts";
import { readJson } from "./read-body.ts";

/**
 * Takes a batch of events: 202 with what became of each.
 * @throws AppError `payload-too-large`, `invalid-input`, or `unavailable` when the sender should keep the batch and come back.
 */
export async function eventsAnswer(ctx: KeyContext, request: Request): Promise<Response> {
  const events = await readJson(request, MAX_EVENT_BYTES);
  if (!Array.isArray(events)) throw new AppError("invalid-input", "Send a JSON array of events.");
  if (events.length > MAX_EVENTS) {
    throw new AppError("payload-too-large", `At most ${MAX_EVENTS} events at once; these are ${events.length}.`);
  }
  const answer = await ingest(ingestQueue(), {
    environmentId: ctx.environment.id,
    events,
    now: ctx.now.getTime(),
    pseudonym: await pseudonymsOf(ctx),
    note: (decisions) => noteDecisions(ctx, decisions),
  });
  const { events: counter } = metrics();
  counter.inc({ result: "accepted" }, answer.accepted);
  counter.inc({ result: "duplicate" }, answer.duplicates);
  const late = answer.rejected.filter(({ code }) => TOO_LATE.has(code)).length;
  counter.inc({ result: "too-late" }, late);
  counter.inc({ result: "rejected" }, answer.rejected.length - late);
  return Response.json(answer, { status: 202, headers: { "cache-control": "no-store" } });
}
