import { expect, test } from "vitest";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import { seriesOf } from "#lib/core/metrics/series.ts";
import { lastDays } from "./frame.ts";
import { sparkOf } from "./spark.ts";

const edits = metricByKey("edit-rate");
if (!edits) throw new Error("There is no edit rate.");
const midnight = Date.UTC(2026, 10, 30);

/** Three days of 12% and what so many minutes of today bring. */
function lineAt(minutes: number, today: { edited: number; answers: number } | null) {
  const now = midnight + minutes * 60_000;
  const slots = lastDays(now, 4, "UTC");
  const buckets = slots.map(({ at }) => ({
    bucket: at,
    measures: at < midnight ? { s_edited: 24, ai: 200 } : { s_edited: today?.edited ?? 0, ai: today?.answers ?? 0 },
  }));
  const reported = new Set(slots.map(({ at }) => at));
  return edits ? sparkOf(edits, seriesOf(edits, { slots, buckets, reported, now })) : [];
}

test.each([
  ["five minutes after midnight, with one edit of two answers", 5, { edited: 1, answers: 2 }, null],
  ["five minutes after midnight, with none yet", 5, null, null],
  ["as soon as there are enough answers", 90, { edited: 10, answers: 50 }, 0.2],
])("today is on the line %s: %s", (_, minutes, today, last) => {
  expect(lineAt(minutes, today)).toEqual([0.12, 0.12, 0.12, last]);
});
