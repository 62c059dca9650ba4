import { DAY_MS, MINUTE_MS } from "#lib/core/time.ts";

const pad = (part: number) => String(part).padStart(2, "0");

/** A moment (epoch ms) as a `datetime-local` field shows it, in the viewer's zone: "2026-11-20T14:05". */
export function fieldOf(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The moments that a field may mean, the earlier first: two where the clocks go back over it, and where they skip it, the last before and the first after; none while it holds no time. */
function momentsOf(field: string): number[] {
  const utc = Date.parse(`${field}Z`);
  if (Number.isNaN(utc)) return [];
  const near = [utc - DAY_MS, utc + DAY_MS].map((at) => utc + new Date(at).getTimezoneOffset() * MINUTE_MS);
  const exact = near.filter((at) => field.startsWith(fieldOf(at)));
  return [...new Set(exact.length > 0 ? exact : near)].sort((a, b) => a - b);
}

/** One end of a span: what its field shows, and the moment that is meant (ISO 8601; null while it shows no time). The field alone cannot tell two hours of the same name apart. */
type End = { field: string; at: string | null };

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const endAt = (at: number): End => ({ field: fieldOf(at), at: iso(at) });

/** The end that somebody typed. What may mean two moments means the one with which the span holds more: nobody is to be left out. */
export const typedFrom = (field: string): End => ({ field, at: iso(momentsOf(field)[0]) });
export const typedTo = (field: string): End => ({ field, at: iso(momentsOf(field).at(-1)) });

/** The ends of a span that holds all of [from, to]: whole minutes around it. Without times, the last 24 hours. */
export function endsOf(span: { from?: number; to?: number }, now: number): { from: End; to: End } {
  const to = span.to ?? now;
  const from = span.from ?? to - DAY_MS;
  const [first, last] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  return { from: endAt(first * MINUTE_MS), to: endAt(last * MINUTE_MS) };
}

const UTC_TIME = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long", timeStyle: "short" });

/** Which moments are meant where a field could mean two; null where none does. */
export function clockChangeInWords({ from, to }: { from: End; to: End }): string | null {
  if (from.at === null || to.at === null) return null;
  if ([from, to].every(({ field }) => momentsOf(field).length < 2)) return null;
  const [first, last] = [from.at, to.at].map((at) => UTC_TIME.format(new Date(at)));
  return `The clocks change then. In UTC this is from ${first} until ${last}.`;
}

/** The viewer's zone by name and distance: "Europe/Berlin (GMT+1)". */
export function zoneInWords(now: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZoneName: "shortOffset" });
  const offset = format.formatToParts(new Date(now)).find((part) => part.type === "timeZoneName")?.value ?? "";
  const { timeZone } = format.resolvedOptions();
  return offset === "" || offset === timeZone ? timeZone : `${timeZone} (${offset})`;
}
