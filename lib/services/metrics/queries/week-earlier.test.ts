import { expect, test } from "vitest";
import { upToNow } from "./week-earlier.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const at = Date.parse("2026-11-20T14:00:00Z");
const hours = [at - HOUR, at].map((start) => ({ at: start, until: start + HOUR, day: null }));
const earlier = hours.map((slot) => ({ ...slot, at: slot.at - WEEK, until: slot.until - WEEK }));
const rows = earlier.map(({ at: bucket }) => ({ bucket, measures: { decisions: 600 } }));
const counted = (now: number) =>
  upToNow({ slots: hours, earlier, span: { from: at - HOUR, to: now } }, rows).map(
    ({ measures }) => measures.decisions,
  );

test.each([
  ["five minutes into an hour, a twelfth of it", 5, [600, 50]],
  ["half an hour into it, half", 30, [600, 300]],
  ["at its end, all", 60, [600, 600]],
])("of the hour a week ago that runs now counts, %s", (_, minutes, wanted) => {
  expect(counted(at + minutes * 60_000)).toEqual(wanted);
});
