import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";

/** Events are kept by days of UTC, whatever the organisation's zone. */
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const days = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;

/**
 * What a change of the retention does, said before the click: what is deleted, when, what stays, and what will no longer be possible. `now` in epoch ms. Null when it changes nothing.
 */
export function retentionConsequence(from: number, to: number, now: number): string | null {
  if (from === to) return null;
  const stays = "Figures and charts stay as they are.";
  if (to > from) {
    return `Nothing is deleted. Raw events that are there now, back to ${days(from)} ago, are kept for ${days(to)} from the day they happened. ${stays}`;
  }
  // They go within the hour, which may be of the next day by then: nothing later than is said here may go.
  const before = DAY.format(new Date(now + HOUR_MS - to * DAY_MS));
  return (
    `Raw events from before ${before}, 00:00 UTC, are deleted within the hour, and cannot be brought back. From then on each day's are deleted after ${days(to)}. ` +
    `Who was harmed can then be exported, and the events behind a figure seen, for the last ${days(to)} only. ${stays} ` +
    `What is heard of an answer more than ${days(to)} after it, such as a late escalation or audit, no longer counts in them.`
  );
}
