import type { Line, Reading } from "#lib/services/metrics/schema.ts";
import { hasValue } from "./prepare-line.ts";

/**
 * What a chart is to show.
 * - `full`: lines;
 * - `not-enough`: what there is, with the words that say how much is missing;
 * - `empty`: there is no line to draw, and why, in words.
 */
export type ChartState =
  | { kind: "full" }
  | { kind: "not-enough"; words: string; drawable: boolean }
  | { kind: "empty"; words: string };

const TOO_EARLY =
  "Too early to tell: what happened on these days is known some days later. A longer period shows the days before.";

/** The state of a chart. That figures could not be read is said once, above all of them. */
export function chartState(
  lines: readonly Line[],
  reading: Partial<Pick<Reading, "standing" | "says" | "value">> = {},
): ChartState {
  const points = lines.filter((line) => !line.quiet).flatMap((line) => line.points);
  const drawable = points.some(hasValue);
  if (reading.standing === "not-enough") {
    return { kind: "not-enough", words: reading.says || "Not enough data yet.", drawable };
  }
  if (drawable) return { kind: "full" };
  if (points.some(({ state }) => state === "early")) return { kind: "empty", words: TOO_EARLY };
  // Counts of people by part are kept by the day, so a figure may be known where its line is not.
  if ((reading.value ?? null) !== null) return { kind: "empty", words: "This view has the figure only, and no line." };
  const reported = points.some((point) => point.state !== "gap");
  return {
    kind: "empty",
    words: reported ? "Nothing of this happened in this period." : "Nobody reported in this period.",
  };
}
