import { DAY_MS } from "#lib/core/time.ts";

const days = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;

/**
 * What a change of the retention does, said before the click: what is deleted, when, what stays, and what will no longer be possible. `now` in epoch ms;
 * `zone` the organisation's. Null when it changes nothing.
 */
export function retentionConsequence(
  from: number,
  to: number,
  { now, zone }: { now: number; zone: string },
): string | null {
  if (from === to) return null;
  const stays = "Figures and charts stay as they are.";
  if (to > from) {
    return `Nothing is deleted. Raw events that are there now, back to ${days(from)} ago, are kept for ${days(to)} from the day they happened. ${stays}`;
  }
  const oldest = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: zone });
  const before = oldest.format(new Date(now - to * DAY_MS));
  return (
    `Raw events from before ${before} are deleted within the hour, and cannot be brought back. From then on each day's are deleted after ${days(to)}. ` +
    `Who was harmed can then be exported, and the events behind a figure seen, for the last ${days(to)} only. ${stays}`
  );
}
