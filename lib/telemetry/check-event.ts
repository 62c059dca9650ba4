import type { z } from "zod";
import { type TelemetryEvent, telemetryEvent } from "#lib/core/events/event.ts";
import { AHEAD_MS, LATEST_MS, type SinkEvent } from "./event-sink.ts";

/** Why an event is not taken. */
export type Refusal = { code: string; message: string };
export type CheckedEvent = { ok: true; event: TelemetryEvent } | ({ ok: false } & Refusal);

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

/** Refusals of events that came too late to count. */
export const TOO_LATE: ReadonlySet<string> = new Set(["too-late", "happened-too-early"]);

/** PostgreSQL and most other stores refuse NUL and lone surrogates inside text, and would refuse the whole batch for one. */
function holdsUnstorableText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000") || /\p{Surrogate}/u.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, entry]) => holdsUnstorableText(key) || holdsUnstorableText(entry));
}

/** Above these a figure is a fault of its host, and one such event would spoil every sum it is added to: milliseconds, dollars, tokens, seconds or scores. */
const MOST = { latencyMs: 1e9, costUsd: 1e6, tokensIn: 1e12, tokensOut: 1e12, value: 1e9 };
const SECONDS = new Set(["edited", "reviewed"]);

/** Which figure of an event cannot be true, in words; null when all may be. */
function implausible(event: TelemetryEvent | SinkEvent): string | null {
  for (const [name, most] of Object.entries(MOST)) {
    const value: unknown = Reflect.get(event, name);
    if (typeof value === "number" && Math.abs(value) > most) return `${name} is more than ${most}.`;
  }
  if (event.type === "signal" && SECONDS.has(event.kind) && (event.value ?? 0) < 0)
    return "Seconds cannot be negative.";
  return null;
}

/** "*" is how the figures name the whole environment, and a line break parts names: neither is anybody's own. */
function isReserved(event: TelemetryEvent | SinkEvent): boolean {
  if (event.type === "sample") return false;
  const names = event.type === "decision" ? [event.feature, event.release, event.arm] : [event.feature];
  return event.feature === "*" || names.some((name) => name && /\p{Cc}/u.test(name));
}

/** Why an event that has its shape is not taken all the same; null when it is. For events of every source. `now` is server time (epoch ms). */
export function refusalOf(event: TelemetryEvent | SinkEvent, now: number): Refusal | null {
  const refuse = (code: string, message: string): Refusal => ({ code, message });
  const made = timeOfId(event.id);
  if (made < now - LATEST_MS) return refuse("too-late", "This event is more than 7 days old and no longer counts.");
  if (made > now + AHEAD_MS)
    return refuse("clock-ahead", "This event comes from the future: the clock of its host is more than a day ahead.");
  const at = Date.parse(event.at);
  if (at < now - LATEST_MS)
    return refuse("happened-too-early", "This happened more than 7 days ago and no longer counts.");
  if (at > now + AHEAD_MS) return refuse("happens-ahead", "This says that it happens more than a day from now.");
  if (holdsUnstorableText(event))
    return refuse("unstorable-text", "A text holds characters that cannot be stored (NUL or half a character).");
  if (isReserved(event))
    return refuse("reserved-name", 'A feature cannot be called "*", and no name holds line breaks.');
  const fault = implausible(event);
  if (fault !== null) return refuse("implausible", fault);
  if (event.type === "signal" && !event.decisionId && !event.feature) {
    return refuse("belongs-nowhere", "A signal names the decision it is about (decisionId) or at least a feature.");
  }
  return null;
}

/** Reads one event as it was sent. `now` is server time (epoch ms). An event is stored by the moment in its id and counted at its `at`; both must be near. */
export function checkEvent(raw: unknown, now: number): CheckedEvent {
  const parsed = telemetryEvent.safeParse(raw);
  if (!parsed.success) return { ok: false, code: "invalid-event", message: sentenceOf(parsed.error) };
  const refusal = refusalOf(parsed.data, now);
  if (refusal) return { ok: false, ...refusal };
  return { ok: true, event: { ...parsed.data, at: new Date(parsed.data.at).toISOString() } };
}
