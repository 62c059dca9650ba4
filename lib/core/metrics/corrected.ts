import { holm } from "../stats/adjust-p-values.ts";
import { sayAmong } from "./among.ts";
import { ALPHA } from "./compare.ts";
import type { MetricReading } from "./finding.ts";

/**
 * Readings of which all that moved hold together: whoever looks at many metrics will see one change by chance, so each must hold after Holm's correction over
 * all that were compared. What does not is as if it were unsure.
 */
export function corrected<R extends Pick<MetricReading, "standing" | "p">>(readings: readonly R[]): R[] {
  const compared = readings.filter((reading) => reading.p !== null);
  const { reject } = holm({ p: compared.map(({ p }) => p ?? 1), alpha: ALPHA });
  const sure = new Set(compared.filter((_, index) => reject[index]));
  return readings.map((reading) =>
    isMoved(reading) && !sure.has(reading) ? { ...reading, standing: "unsure" as const } : reading,
  );
}

/** The same, each that does not hold saying why. Settled readings stay as they are when they are settled once more. */
export function settled(readings: readonly MetricReading[]): MetricReading[] {
  const together = readings.filter(({ p }) => p !== null).length;
  return corrected(readings).map((reading, index) =>
    reading.standing === readings[index]?.standing
      ? reading
      : { ...reading, among: together, says: `${reading.says} ${sayAmong(together)}` },
  );
}

function isMoved({ standing }: Pick<MetricReading, "standing">): boolean {
  return standing === "worse" || standing === "better";
}
