import { corrected } from "./corrected.ts";
import { DISAGREEMENT_RULES, type Sign } from "./disagreement-rules.ts";
import type { MetricReading } from "./finding.ts";
import { formatChange, formatValue } from "./format.ts";

/** Activity beside trust, when they disagree; `activity` and `trust`: the findings it rests on; `metrics`: the keys of those. */
export type MetricDisagreement = {
  key: string;
  sentence: string;
  activity: string;
  trust: string;
  metrics: { activity: string; trust: string };
};

/** What rules look at. */
export type Observed = Pick<
  MetricReading,
  "key" | "value" | "low" | "high" | "unit" | "better" | "standing" | "change" | "p" | "against" | "held" | "says"
>;

/** What the rules worry about. */
const WORRIES = new Set(DISAGREEMENT_RULES.flatMap(({ trust }) => trust.map(({ metric }) => metric)));

type Seen = { sign: Sign; reading: Observed };

/**
 * Which rules hold, in their order. Only figures with enough data speak, and only where their interval supports it; what worries must hold for all that could
 * together (`corrected`), because there are many. A worrying figure is told once, by the first rule that it fits; where it was told, the next sign of a rule speaks. `outputs`: what the
 * feature's outputs are called, plural ("AI replies"). `days`: by metric, of which days it is where that need not be the period ("over the days from 12 to 19 November").
 */
export function disagreementsOf(
  readings: readonly Observed[],
  { outputs = "AI answers", days = new Map() }: { outputs?: string; days?: ReadonlyMap<string, string> } = {},
): MetricDisagreement[] {
  const byKey = new Map(readings.map((reading) => [reading.key, reading]));
  const worries = new Map(corrected(readings.filter(({ key }) => WORRIES.has(key))).map((each) => [each.key, each]));
  const told = new Set<string>();
  const found: MetricDisagreement[] = [];
  for (const { key, activity, trust, lesson } of DISAGREEMENT_RULES) {
    const calm = firstSeen(activity, byKey);
    const worry = firstSeen(
      trust.filter(({ metric }) => !told.has(metric)),
      worries,
    );
    if (!calm || !worry) continue;
    told.add(worry.reading.key);
    const said = (seen: Seen) => [say(seen, outputs), dated(days.get(seen.reading.key))].join("");
    const sentence = `${capital(said(calm))}, but ${said(worry)}: ${lesson}.`;
    const metrics = { activity: calm.reading.key, trust: worry.reading.key };
    found.push({ key, sentence, activity: calm.reading.says, trust: worry.reading.says, metrics });
  }
  return found;
}

function firstSeen(signs: readonly Sign[], readings: ReadonlyMap<string, Observed>): Seen | undefined {
  for (const sign of signs) {
    const reading = readings.get(sign.metric);
    if (reading && isSeen(sign, reading)) return { sign, reading };
  }
  return undefined;
}

function isSeen(sign: Sign, reading: Observed): boolean {
  const { standing, value, low, high } = reading;
  if (standing === "no-data" || standing === "not-enough" || value === null) return false;
  switch (sign.is) {
    case "at-least":
      return low !== null && low >= sign.limit;
    case "at-most":
      return high !== null && high <= sign.limit;
    default:
      return (standing === "worse" || standing === "better") && wentUp(reading) === (sign.is === "up");
  }
}

/** What rose from none has no change in percent; what is beyond a limit need not have moved at all (null). */
function wentUp({ standing, better, change, held }: Observed): boolean | null {
  if (change !== null) return change.relative > 0;
  return held === null || held === "line" ? null : (standing === "better") === (better === "up");
}

function say({ sign, reading }: Seen, outputs: string): string {
  const { value, unit, change, held, against } = reading;
  const by = formatChange(change?.relative ?? 0);
  const words: Record<string, string> = {
    outputs,
    value: formatValue(value, unit),
    before: formatValue(against?.value ?? null, unit),
    change: by,
    rose: held === "release" ? `is ${by} higher with the candidate` : `rose by ${by}`,
    fell: held === "release" ? `is ${by} lower with the candidate` : `fell by ${by}`,
    ...(change === null && { rose: sayEnds("rose", reading), fell: sayEnds("fell", reading) }),
  };
  return sign.says.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? "");
}

/** "rose from none to 6%", "is 6% with the candidate and none with the current release" */
function sayEnds(moved: "rose" | "fell", { value, unit, held, against }: Observed): string {
  const [now, before] = [value, against?.value ?? null].map((each) => (each === 0 ? "none" : formatValue(each, unit)));
  return held === "release"
    ? `is ${now} with the candidate and ${before} with the current release`
    : `${moved} from ${before} to ${now}`;
}

function dated(days: string | undefined): string {
  return days === undefined ? "" : ` (${days})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
