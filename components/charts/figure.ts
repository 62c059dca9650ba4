import { formatValue } from "#lib/core/metrics/format.ts";
import type { Unit } from "#lib/services/metrics/schema.ts";

const plain = (value: number, digits: number) =>
  value.toLocaleString("en-GB", { maximumFractionDigits: digits, minimumFractionDigits: 0 });

/** Three figures that count, so that 38.4 s and 0.0123 USD are both readable. */
function significant(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return plain(value, digits);
}

/** A figure with its unit, as sentences say it too, so that a chart never shows another number than the words beside it. Shares come as 0 to 1. */
export function figure(value: number, unit: Unit): string {
  return formatValue(value, unit);
}

/** For the ticks of an axis, which stand in a column: short units, and as many digits as tell one tick from the next. */
export function tickFigure(value: number, unit: Unit): string {
  if ((unit === "tokens" || unit === "count") && value >= 10_000)
    return value.toLocaleString("en-GB", { notation: "compact", maximumFractionDigits: 1 });
  if (unit === "milliseconds") return value >= 10_000 ? `${significant(value / 1000)} s` : `${significant(value)} ms`;
  if (unit === "share") return `${significant(value * 100)}%`;
  if (unit === "seconds") return `${significant(value)} s`;
  if (unit === "usd") return `$${significant(value)}`;
  return significant(value);
}

/** What an axis or a column is counted in, in words. */
export const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  share: "percent",
  "per-1000": "per 1,000",
  seconds: "seconds",
  milliseconds: "milliseconds",
  usd: "US dollars",
  tokens: "tokens",
  score: "score from 0 to 1",
  count: "count",
};

/** What a unit cannot exceed. */
export function ceilingOf(unit: Unit): number {
  return unit === "share" || unit === "score" ? 1 : Number.POSITIVE_INFINITY;
}

/** "1,240". */
export function count(n: number): string {
  return Math.round(n).toLocaleString("en-GB");
}
