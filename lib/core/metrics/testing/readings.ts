import type { MetricReading, Standing } from "../finding.ts";
import { defined } from "./defined.ts";

/** A reading in few words: its interval is a tenth around the value unless said, and so is that of its change. */
export type ShortReading = {
  metric: string;
  standing: Standing;
  value?: number;
  low?: number;
  high?: number;
  /** What it is held against, and with what: `before` the 7 days before, `release` the current release, `line` a limit by its label. */
  before?: number;
  release?: number;
  line?: string;
  inLast?: number;
  /** 200 unless said; null where the product sends no pseudonyms. */
  users?: number | null;
  relative?: number;
  /** Where it is called worse or better, next to nothing unless said. */
  p?: number;
  days?: number;
};

/** A whole reading. Its sentence is what tests look for, not what `sayReading` would say, except where that is carried on. */
export function readingFrom(short: ShortReading): MetricReading {
  const { metric, standing, value = null, relative, days } = short;
  const p = short.p ?? (standing === "worse" || standing === "better" ? 1e-6 : null);
  const { key, family, name, sentence, unit, better, counting } = defined(metric);
  const missing = standing === "no-data" ? "Nobody has reported yet." : `${name} was read.`;
  return {
    ...{ key, family, name, sentence, unit, better, counting, value, standing, p },
    low: short.low ?? (value === null ? null : value * 0.95),
    high: short.high ?? (value === null ? null : value * 1.05),
    n: standing === "no-data" ? 0 : 500,
    users: short.users === undefined ? 200 : short.users,
    inLast: short.inLast ?? null,
    among: null,
    weekAgo: null,
    ...heldBy(short),
    change: relative === undefined ? null : { relative, low: relative * 0.95, high: relative * 1.05 },
    outlook: days === undefined ? null : { of: "people", seen: 10, required: 50, days, period: null },
    says: days === undefined ? missing : `Not enough data yet: about ${days} more days at this rate.`,
  };
}

function heldBy({ before, release, line }: ShortReading): Pick<MetricReading, "held" | "against"> {
  if (line !== undefined) return { held: "line", against: { label: line, value: 0 } };
  if (release !== undefined) return { held: "release", against: { label: "the current release", value: release } };
  if (before !== undefined) return { held: "week-before", against: { label: "the 7 days before", value: before } };
  return { held: null, against: null };
}
