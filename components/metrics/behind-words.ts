import { momentLabel, say } from "#components/charts/prepare-time.ts";
import { relativeTime } from "#components/ui/relative-time.ts";
import { DAY_MS } from "#lib/core/time.ts";
import type { Behind, SinceControl } from "#lib/services/metrics/schema.ts";

type Began = NonNullable<Behind["began"]>;

/** "Since about Fri 20 Nov", "Since about Fri 20 Nov, 14:00", in `zone`. */
export function sinceWords({ at, until }: Pick<Began, "at" | "until">, zone: string): string {
  // A day has 23 hours at least; its middle is on the same day in most zones.
  const day = (moment: number) => say(moment, zone, { weekday: "short", day: "numeric", month: "short" });
  return `Since about ${until - at > DAY_MS / 2 ? day(at + (until - at) / 2) : momentLabel(at, zone)}`;
}

/** How far back the page must look to show when it began: "28d" where its own period does not. */
export function periodBack({ at }: Pick<Began, "at">, from: number, now: number): "28d" | "60d" | null {
  if (at >= from) return null;
  return at > now - 27 * DAY_MS ? "28d" : "60d";
}

/** "Since “Disable AI replies for billing cases”, 2 hours ago": what is said after it is about that time only. */
export function controlWords({ control, at }: Pick<SinceControl, "control" | "at">, now: number): string {
  return `Since “${control}”, ${relativeTime(new Date(at).toISOString(), now)}`;
}
