import { MINUTE_MS } from "#lib/core/time.ts";

const pad = (part: number) => String(part).padStart(2, "0");

/** A moment (epoch ms) as a `datetime-local` field shows it, in the viewer's zone: "2026-11-20T14:05". */
export function fieldOf(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** What such a field holds, as ISO 8601; null while it holds no time. */
export function momentOf(field: string): string | null {
  const at = new Date(field).getTime();
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Fields for a span that holds all of [from, to]: whole minutes around it. Without times, the last 24 hours. */
export function fieldsOf(span: { from?: number; to?: number }, now: number): { from: string; to: string } {
  const to = span.to ?? now;
  const from = span.from ?? to - 24 * 60 * MINUTE_MS;
  return { from: fieldOf(from), to: fieldOf(Math.ceil(to / MINUTE_MS) * MINUTE_MS) };
}

/** The viewer's zone by name and distance: "Europe/Berlin (GMT+1)". */
export function zoneInWords(now: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZoneName: "shortOffset" });
  const offset = format.formatToParts(new Date(now)).find((part) => part.type === "timeZoneName")?.value ?? "";
  const { timeZone } = format.resolvedOptions();
  return offset === "" || offset === timeZone ? timeZone : `${timeZone} (${offset})`;
}
