import type { z } from "zod";
import { type TelemetryEvent, telemetryEvent } from "#lib/core/events/event.ts";
import { AHEAD_MS, LATEST_MS } from "./event-sink.ts";

export type CheckedEvent = { ok: true; event: TelemetryEvent } | { ok: false; code: string; message: string };

const refuse = (code: string, message: string): CheckedEvent => ({ ok: false, code, message });

/** Epoch ms inside a UUIDv7 (RFC 9562, 5.7: its first 48 bits). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** What is wrong, field by field, without any value that was sent. */
function sentenceOf(error: z.ZodError): string {
  const issues = error.issues.slice(0, 3).map((issue) => {
    const where = issue.path.map(String).join(".");
    return where === "" ? issue.message : `${where}: ${issue.message}`;
  });
  return issues.join("; ");
}

/** PostgreSQL and most other stores refuse NUL and lone surrogates inside text, and would refuse the whole batch for one. */
export function holdsUnstorableText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000") || /\p{Surrogate}/u.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, entry]) => holdsUnstorableText(key) || holdsUnstorableText(entry));
}

/** Reads one event as it was sent. `now` is server time (epoch ms); an event belongs to the moment in its id. */
export function checkEvent(raw: unknown, now: number): CheckedEvent {
  const parsed = telemetryEvent.safeParse(raw);
  if (!parsed.success) return refuse("invalid-event", sentenceOf(parsed.error));
  const event = parsed.data;
  const made = timeOfId(event.id);
  if (made < now - LATEST_MS) return refuse("too-late", "This event is more than 7 days old and no longer counts.");
  if (made > now + AHEAD_MS)
    return refuse("clock-ahead", "This event comes from the future: the clock of its host is more than a day ahead.");
  if (holdsUnstorableText(event))
    return refuse("unstorable-text", "A text holds characters that cannot be stored (NUL or half a character).");
  if (event.type === "signal" && !event.decisionId && !event.feature) {
    return refuse("belongs-nowhere", "A signal names the decision it is about (decisionId) or at least a feature.");
  }
  return { ok: true, event: { ...event, at: new Date(event.at).toISOString() } };
}
