import { count, figure } from "#components/charts/figure.ts";
import { sayAmong, sayWeekAgo } from "#lib/core/metrics/among.ts";
import { formatBeside, formatChange, formatValue } from "#lib/core/metrics/format.ts";
import type { MetricsView, Period, Reading } from "#lib/services/metrics/schema.ts";

/** How periods are called. */
export const PERIOD_WORDS = {
  "3h": "Last 3 hours",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "28d": "Last 28 days",
  "60d": "Last 60 days",
} as const satisfies Record<Period, string>;

/** Beyond this a percentage says nothing more. */
const TENFOLD = 9;

function signed(relative: number): string {
  if (relative > TENFOLD) return "up more than tenfold";
  if (Math.abs(relative) < 0.0005) return "unchanged";
  return `${relative < 0 ? "down" : "up"} ${formatChange(relative)}`;
}

/** The finding as a title: "Correction time is up 61%". What is not known is said so, never as a change. */
export function findingTitle({ name, standing, change, against, value }: Reading): string {
  if (standing === "no-data") return `${name}: no data`;
  if (standing === "not-enough") return `${name}: not enough data yet`;
  if (standing === "same") return `${name} is about the same`;
  if (change && standing !== "unsure") return `${name} is ${signed(change.relative)}`;
  if (standing === "unsure") return against === null ? name : `${name}: no clear change`;
  const limit = against?.value ?? null;
  if (value === null || limit === null || against === null) return name;
  return `${name} is ${value > limit ? "above" : "below"} ${against.label}`;
}

/** The change with its interval in words: "up 61%, between 45% and 78%". Null where there is none. */
export function changeWords({ change }: Pick<Reading, "change">): string | null {
  if (!change) return null;
  const { relative, low, high } = change;
  if (low >= 0 || high <= 0) {
    const [near, far] = low >= 0 ? [low, high] : [high, low];
    return `${signed(relative)}, between ${formatChange(near)} and ${formatChange(far)}`;
  }
  return `${signed(relative)}, anywhere from ${signed(low)} to ${signed(high)}`;
}

type Told = Pick<Reading, "against" | "unit" | "value" | "standing">;

/** The figure: where it is said to differ from what it is held against, so that one sees it does. */
export function figureWords({ value, unit, standing, against }: Told): string {
  const moved = standing === "worse" || standing === "better";
  return moved ? formatBeside(value, against?.value ?? null, unit) : formatValue(value, unit);
}

/** What it is held against, with that figure: "against the 7 days before: 22 s". Null where there is nothing. */
export function againstWords({ against, unit, value, standing }: Told): string | null {
  if (!against) return null;
  const other =
    against.value === null ? "" : figureWords({ value: against.value, unit, standing, against: { label: "", value } });
  // A limit names its figure already.
  return other === "" || against.label.includes(other)
    ? `against ${against.label}`
    : `against ${against.label}: ${other}`;
}

/** How sure, against what, and why a change that looks clear is not called one; what the server says where there is no change to tell. */
export function sureWords(panel: Reading): string {
  if (panel.standing === "not-enough" || panel.standing === "no-data") return panel.says;
  const change = changeWords(panel);
  const against = againstWords(panel);
  const said = [change, against].filter(Boolean).join(", ");
  if (said === "") return panel.sentence;
  const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  if (panel.weekAgo !== null) return `${sentence} It was ${sayWeekAgo(panel.weekAgo, panel.unit)}`;
  return panel.among === null ? sentence : `${sentence} ${sayAmong(panel.among)}`;
}

/** "in the last 24 hours", where a figure is not of the period that the page shows. */
export function stretchWords({ inLast }: Pick<Reading, "inLast">): string | null {
  return inLast === null ? null : `in the last ${inLast} hours`;
}

/** Of whom: "Counted over 1,240. 320 people took part." */
export function basisWords({ n, users, inLast }: Pick<Reading, "n" | "users" | "inLast">): string {
  if (n === 0) return "Nothing was counted in this period.";
  if (n === users) return `Counted over ${count(n)} ${n === 1 ? "person" : "people"}.`;
  const people = users === null ? "" : ` ${count(users)} ${users === 1 ? "person" : "people"} took part.`;
  const over = [`Counted over ${count(n)}`, stretchWords({ inLast })].filter(Boolean).join(" ");
  return `${over}.${people}`;
}

/** The interval of the figure itself: "between 35 s and 41 s". */
export function intervalWords({ low, high, unit }: Pick<Reading, "low" | "high" | "unit">): string | null {
  return low === null || high === null ? null : `between ${figure(low, unit)} and ${figure(high, unit)}`;
}

/** Of what and against what the verdict is said: "Last 7 days, all traffic, compared with the time before." */
export function verdictBasis({ query, cuts }: Pick<MetricsView, "query" | "cuts">): string {
  const cut = cuts.find(({ value }) => value === query.cut)?.label;
  const of = query.cut === "" ? "all traffic" : `only ${cut ?? query.cut}`;
  // Where only one arm was seen there is no other to hold it against, so neither is named.
  const against = query.compare === "arms" ? "arms of the release side by side" : "compared with the time before";
  return `${PERIOD_WORDS[query.period]}, ${of}, ${against}.`;
}
