import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time.ts";
import type { Unit } from "./definition.ts";

/** Figures as people read them; the one place for it, without a dependency, so that browsers have it too. */

const LOCALE = "en-US";
const NOT_KNOWN = "not known";
const SECOND = 1000;

/** A figure in its unit: "38 s", "31%", "3.1 per 1,000", "$0.0042", "840 ms", "0.82", "1,204". `currency`: the organisation's. Null and what is no number: "not known". */
export function formatValue(value: number | null, unit: Unit, currency = "USD"): string {
  return formatFiner(value, unit, 0, currency);
}

/** So many decimals more are shown at most, where two figures differ. */
const FINEST = 3;

/** The same beside another figure from which it is said to differ, with as many decimals as that takes: "12.5%" beside 11.5%, which both would be 12%. */
export function formatBeside(value: number | null, other: number | null, unit: Unit, currency = "USD"): string {
  const said = (finer: number) => formatFiner(value, unit, finer, currency);
  for (let finer = 0; finer <= FINEST && value !== other; finer++) {
    if (said(finer) !== formatFiner(other, unit, finer, currency)) return said(finer);
  }
  return said(0);
}

/** With so many decimals more than usual. */
function formatFiner(value: number | null, unit: Unit, finer: number, currency: string): string {
  if (value === null || !Number.isFinite(value)) return NOT_KNOWN;
  switch (unit) {
    case "share":
      return formatShare(value, finer);
    case "per-1000":
      return `${rounded(value, decimalsOf(value) + finer)} per 1,000`;
    case "seconds":
      return formatSeconds(value, finer);
    case "milliseconds":
      return value < SECOND - 0.5 ? `${rounded(value, finer)} ms` : formatSeconds(value / SECOND, finer);
    case "usd":
      return formatMoney(value, currency, finer);
    case "tokens":
      return `${rounded(value, finer)} ${rounded(value, finer) === "1" ? "token" : "tokens"}`;
    case "score":
      return numberOf(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 + finer });
    case "count":
      return rounded(value, finer);
  }
}

/** A share (0 to 1): "31%", "3.1%", "0.04%"; what is not quite none or all is never rounded to it. `finer`: decimals more than usual. */
export function formatShare(share: number, finer = 0): string {
  if (!Number.isFinite(share)) return NOT_KNOWN;
  const percent = share * 100;
  const toEdge = Math.min(Math.abs(percent), Math.abs(100 - percent));
  if (toEdge === 0) return `${Math.round(percent)}%`;
  const least = 10 ** -(2 + finer);
  if (toEdge < least) return percent < 50 ? `under ${rounded(least, 9)}%` : `over ${rounded(100 - least, 9)}%`;
  return `${rounded(percent, (toEdge < 1 ? 2 : toEdge < 10 ? 1 : 0) + finer)}%`;
}

/** Nearly all of it is still not all. */
const NEARLY_ALL = -0.99;

/** A relative change without its direction: "73%", "4.2%". */
export function formatChange(relative: number): string {
  const size = Math.abs(relative);
  if (relative > -1 && relative < NEARLY_ALL) return formatShare(size);
  return Number.isFinite(size) ? `${rounded(size * 100, size < 0.1 ? 1 : 0)}%` : NOT_KNOWN;
}

/** A length of time in words: "4 minutes", "2 days", "40 seconds". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return NOT_KNOWN;
  const [count, word] =
    ms < MINUTE_MS
      ? [Math.max(0, Math.floor(ms / SECOND)), "second"]
      : ms < 2 * HOUR_MS
        ? [Math.floor(ms / MINUTE_MS), "minute"]
        : ms < 2 * DAY_MS
          ? [Math.floor(ms / HOUR_MS), "hour"]
          : [Math.floor(ms / DAY_MS), "day"];
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function formatSeconds(seconds: number, finer: number): string {
  if (seconds < 119.5) return `${rounded(seconds, (seconds < 9.95 ? 1 : 0) + finer)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 120
    ? withRest(minutes, "min", whole % 60, "s")
    : withRest(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function withRest(whole: number, unit: string, rest: number, smaller: string): string {
  return rest === 0 ? `${rounded(whole, 0)} ${unit}` : `${rounded(whole, 0)} ${unit} ${rest} ${smaller}`;
}

/** Cents, and below ten of them two digits. */
function formatMoney(amount: number, currency: string, finer: number): string {
  const small = Math.abs(amount) < 0.1 && amount !== 0;
  const digits = small
    ? { maximumSignificantDigits: 2 + finer }
    : finer > 0 && { minimumFractionDigits: 2, maximumFractionDigits: 2 + finer };
  return numberOf(amount, { style: "currency", currency, ...digits });
}

/** As many as two digits need. */
function decimalsOf(value: number): number {
  return Math.abs(value) < 1 ? 2 : Math.abs(value) < 10 ? 1 : 0;
}

function rounded(value: number, decimals: number): string {
  return numberOf(value, { maximumFractionDigits: decimals });
}

/** What rounds to 0 has no sign. */
function numberOf(value: number, options: Intl.NumberFormatOptions): string {
  return value.toLocaleString(LOCALE, { signDisplay: "negative", ...options });
}
