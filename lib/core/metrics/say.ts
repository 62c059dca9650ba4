import { sayWeekAgo } from "./among.ts";
import type { MetricDefinition } from "./definition.ts";
import { LONGEST_PERIOD, type Outlook } from "./enough.ts";
import type { Figure } from "./figure.ts";
import type { Change, Finding, ReadingInput } from "./finding.ts";
import { formatBeside, formatChange, formatDuration, formatValue } from "./format.ts";

/** The finding on one metric as a sentence: figure, of whom, compared with what, by how much, how sure. */
export function sayReading(
  definition: MetricDefinition,
  finding: Finding,
  input: Pick<ReadingInput, "from" | "now" | "lastReportedAt">,
): string {
  if (finding.standing === "no-data") return sayNothing(definition, input);
  if (finding.outlook !== null) return sayOutlook(definition, finding.outlook);
  const subject = `${definition.name} is ${sayFigure(definition, finding.figure.value, otherOf(finding))}`;
  const band = between(definition, finding.figure);
  if (finding.against === null) return `${subject}${band}.`;
  if (finding.held !== "line") return sayCompared(definition, subject, finding);
  return sayLine(`${subject}${sayStretch(finding)}${band}`, finding, finding.against);
}

/** " in the last 24 hours", where a figure is not of the whole period. */
export function sayStretch({ inLast }: Pick<Finding, "inLast">): string {
  return inLast === null ? "" : ` in the last ${inLast} hours`;
}

/** What a figure is said to differ from: rounding must not hide what is announced. Null where it does not. */
export function otherOf({ standing, against }: Pick<Finding, "standing" | "against">): number | null {
  return standing === "worse" || standing === "better" ? (against?.value ?? null) : null;
}

/** "31% of AI answers", "6 per 1,000 requests", "38 s"; `other`: what it is said to differ from. */
export function sayFigure(
  { unit, of }: Pick<MetricDefinition, "unit" | "of">,
  value: number | null,
  other: number | null,
): string {
  const said = other === null ? formatValue(value, unit) : formatBeside(value, other, unit);
  if (of === null) return said;
  return unit === "per-1000" ? `${said} ${of}` : `${said} of ${of}`;
}

/** "Not enough data yet: about 2 more days at this rate." */
function sayOutlook(definition: MetricDefinition, { of, seen, required, days, period, few }: Outlook): string {
  const what = of === "people" ? of : thingsIn(definition);
  const have = `${formatValue(Math.floor(seen), "count")} of the ${formatValue(required, "count")} ${what} that it takes`;
  if (days !== null) return `Not enough data yet: about ${inDays(days, "more ")} at this rate.`;
  if (period !== null && period > LONGEST_PERIOD)
    return `Not enough data in this period: ${have}. At this rate ${inDays(LONGEST_PERIOD)} would not hold enough either.`;
  if (period !== null)
    return `Not enough data in this period: ${have}. A period of about ${inDays(period)} would hold enough.`;
  if (few)
    return `Not enough data in this period: ${have}, and the last ${inDays(few.days)} had only ${formatValue(few.users, "count")}.`;
  return `Not enough data yet: ${have}, and none are arriving.`;
}

function inDays(days: number, more = ""): string {
  return `${formatValue(days, "count")} ${more}${days === 1 ? "day" : "days"}`;
}

/** What a figure is counted over, in the plural. */
function thingsIn({ formula, of }: MetricDefinition): string {
  if (formula.kind === "quantile") return "AI answers";
  return (formula.kind === "share" || formula.kind === "users") && of !== null ? of : "values";
}

/** How long nobody has reported: "Nobody has reported for 4 minutes." Times epoch ms. */
export function saySilence(lastReportedAt: number | null, now: number): string {
  if (lastReportedAt === null) return "Nobody has reported yet.";
  return `Nobody has reported for ${formatDuration(now - lastReportedAt)}.`;
}

function sayNothing(
  { formula }: MetricDefinition,
  { from, now, lastReportedAt }: Pick<ReadingInput, "from" | "now" | "lastReportedAt">,
): string {
  if (lastReportedAt === null || lastReportedAt < from) return saySilence(lastReportedAt, now);
  if (formula.kind === "users" && formula.closesAfterDays > 0) {
    return `Nobody new can be counted yet: it takes people whose first ${formula.closesAfterDays} days are over.`;
  }
  return "Reports arrive, but none that this is counted from.";
}

function between({ unit }: MetricDefinition, { low, high }: Figure): string {
  if (low === null || high === null) return "";
  return ` (between ${formatValue(low, unit)} and ${formatValue(high, unit)})`;
}

type Against = NonNullable<Finding["against"]>;

function sayLine(subject: string, { standing }: Finding, { label }: Against): string {
  if (standing === "worse") return `${subject}: beyond ${label}.`;
  if (standing === "same") return `${subject}: within ${label}.`;
  return `${subject}: whether that keeps ${label} cannot be told yet.`;
}

function sayCompared(definition: MetricDefinition, subject: string, finding: Finding): string {
  const { standing, change, held, weekAgo } = finding;
  const other = sayOther(definition, finding.figure.value, finding);
  const [here, was, same] =
    held === "release"
      ? [
          `${subject} with the candidate`,
          `${other} with the current release`,
          `much as with the current release (${other})`,
        ]
      : [subject, `was ${other}`, `much as before (${other})`];
  if (standing === "not-enough") {
    const side = held === "release" ? "the current release has" : "the days before have";
    return `${here}. There is nothing to hold it against: ${side} too little data.`;
  }
  if (standing === "same") return `${here}, ${same}.`;
  if (weekAgo !== null) return `${here}, ${was}, and ${sayWeekAgo(weekAgo, definition.unit)}`;
  if (change === null) return standing === "unsure" ? `${here}, ${was}: too close to tell.` : `${here}, ${was}.`;
  if (standing === "unsure")
    return `${here}, ${was}: too close to tell (between ${moved(change.low)} and ${moved(change.high)}).`;
  return `${here}, ${was}: ${sayChange(change)}.`;
}

/** What a figure is held against: "22 s". */
export function sayOther(
  { unit }: Pick<MetricDefinition, "unit">,
  value: number | null,
  finding: Pick<Finding, "standing" | "against">,
): string {
  const other = finding.against?.value ?? null;
  return otherOf(finding) === null ? formatValue(other, unit) : formatBeside(other, value, unit);
}

/** "up 73% (between 61% and 85%)" */
export function sayChange({ relative, low, high }: Change): string {
  const ends = relative < 0 ? [high, low] : [low, high];
  const [from = low, to = high] = ends;
  return `${relative < 0 ? "down" : "up"} ${formatChange(relative)} (between ${formatChange(from)} and ${formatChange(to)})`;
}

function moved(relative: number): string {
  return `${formatChange(relative)} ${relative < 0 ? "down" : "up"}`;
}

/** "harm, trust and fallback" */
export function listed(words: readonly string[], and = "and"): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}
