import { DECIDING_FAMILIES, type Family } from "#lib/core/metrics/definition.ts";
import { RUNG_SHARES } from "#lib/core/metrics/definitions/rungs.ts";
import type { MetricDisagreement } from "#lib/core/metrics/disagreements.ts";
import type { MetricReading } from "#lib/core/metrics/finding.ts";
import { formatChange, formatValue } from "#lib/core/metrics/format.ts";
import { listed } from "#lib/core/metrics/say.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import type { Beside, BesideFigure, Period } from "../schema.ts";

/** How much it is used; more of it stands beside trust only where it is part of a disagreement. */
const ACTIVITY: readonly string[] = ["decisions", "people", "acceptance-rate", "generation-time"];
/** What of it falls where people turn away; answers that take longer are no less use. */
const USE: readonly string[] = ["decisions", "people", "acceptance-rate"];
/** Who answered is no harm by itself: each stop moves it, and is meant to. */
const WHO_ANSWERED = new Set(RUNG_SHARES.map(({ key }) => key));
/** So many figures of trust stand in front, unless more are worse. */
const SHOWN = 4;

type Sides = {
  /** Everything that was found out. */
  readings: readonly MetricReading[];
  /** What the verdict is made of. */
  judged: readonly MetricReading[];
  disagreements: readonly MetricDisagreement[];
  /** Nobody reports at the moment. */
  silent: boolean;
  /** How the number of people is held against that of before, in words; "" where it is not. */
  people?: string;
};

/** Activity beside trust, each figure with its change, and in words whether they agree. Readings are settled (`settledFindings`): what is worse is worse as the verdict has it. */
export function besideOf({ readings, judged, disagreements, silent, people = "" }: Sides): Beside {
  const named = new Set(disagreements.map(({ metrics }) => metrics.trust));
  const reassuring = new Set(disagreements.map(({ metrics }) => metrics.activity));
  const activity = readings.filter(({ key }) => ACTIVITY.includes(key) || reassuring.has(key));
  const chosen = judged.filter(({ key, family }) => isDeciding(family) && !named.has(key));
  const unasked = worseUnasked(readings, judged, named);
  const trust = [...readings.filter(({ key }) => named.has(key)), ...chosen, ...unasked];
  const inFront = trust.toSorted((a, b) => rank(a, named) - rank(b, named));
  const worse = inFront.filter((reading) => rank(reading, named) < 2).length;
  const counted = [...activity, ...trust].some(({ standing }) => standing !== "no-data");
  const shown = (some: readonly MetricReading[]) => (counted ? some.map(besideFigure) : []);
  return {
    ...said({ activity, trust: inFront, unasked, disagreements, silent, counted }),
    activity: shown(activity).map((each) => (each.key === "people" ? { ...each, change: people } : each)),
    trust: shown(inFront.slice(0, Math.max(SHOWN, worse))),
  };
}

/** What people suffer from and nobody chose, and is worse all the same: its tile is red, so nothing here may say that nothing got worse. */
function worseUnasked(
  readings: readonly MetricReading[],
  judged: readonly MetricReading[],
  named: ReadonlySet<string>,
): MetricReading[] {
  const known = new Set([...judged.map(({ key }) => key), ...named, ...WHO_ANSWERED]);
  return readings.filter(({ key, family, standing }) => isDeciding(family) && standing === "worse" && !known.has(key));
}

const WINDOWS = { "7d": { days: 7, of: "users7" }, "28d": { days: 28, of: "users28" } } as const;

/**
 * How many people whole days up to yesterday had, and as many days before them, where such windows are counted: part of today would always have fewer. `rows`: days up
 * to today. "" where there is nothing to hold it against.
 */
export function peopleSaid(rows: readonly UserDay[], period: Period): string {
  const window = period === "7d" || period === "28d" ? WINDOWS[period] : null;
  if (window === null) return "";
  const [yesterday, before] = [rows.at(-2), rows.at(-2 - window.days)];
  const began = rows.findIndex(({ users1 }) => users1 > 0);
  if (!yesterday || !before || began < 0 || began > rows.length - 1 - 2 * window.days) return "";
  const [now, then] = [yesterday, before].map((day) => formatValue(day[window.of], "count"));
  return `${now} up to yesterday, was ${then}`;
}

function isDeciding(family: Family): boolean {
  return DECIDING_FAMILIES.some((each) => each === family);
}

/** What disagrees comes first, then what is worse, then what can be told, and last what is not known. */
function rank({ key, standing }: MetricReading, named: ReadonlySet<string>): number {
  if (named.has(key)) return 0;
  if (standing === "worse") return 1;
  return isKnown({ standing }) ? 2 : 3;
}

function isKnown({ standing }: Pick<MetricReading, "standing">): boolean {
  return standing !== "no-data" && standing !== "not-enough";
}

type Said = Pick<Sides, "disagreements" | "silent"> & {
  activity: readonly MetricReading[];
  trust: readonly MetricReading[];
  unasked: readonly MetricReading[];
  counted: boolean;
};

function said({
  activity,
  trust,
  unasked,
  disagreements,
  silent,
  counted,
}: Said): Pick<Beside, "agreement" | "sentences"> {
  if (disagreements.length > 0)
    return { agreement: "disagree", sentences: disagreements.map(({ sentence }) => sentence) };
  const unknown = (because: string): Pick<Beside, "agreement" | "sentences"> => ({
    agreement: "unknown",
    sentences: [`Not enough data to tell whether they agree: ${because}.`],
  });
  if (!counted) return unknown("nothing was counted in this period");
  const worst = trust.find(({ standing }) => standing === "worse");
  const fell = activity.find(({ key, standing }) => USE.includes(key) && standing === "worse");
  if (worst) return saidOfWorse(worst, fell, unasked.includes(worst));
  if (silent) return unknown("nobody reports at the moment");
  const told = trust.filter((reading) => isKnown(reading) && reading.against !== null);
  if (told.length === 0) return unknown("how much it is used does not say whether it serves people");
  const families = familiesOf(told);
  const missing = familiesOf(trust).filter((family) => !families.includes(family));
  const rest = missing.length === 0 ? "" : ` There is not enough data yet for ${listed(missing)}.`;
  if (fell) return { agreement: "unknown", sentences: [`${saidOfFall(fell, listed(families))}${rest}`] };
  const sentences = [`They agree: nothing is proved to have got worse in ${listed(families)}.${rest}`];
  return { agreement: "agree", sentences };
}

/** Figures of trust are of those who still use it: whoever stays away is in none of them. */
function saidOfFall(fell: MetricReading, families: string): string {
  const told = `It cannot be told whether they agree: ${inSentence(fell)} Nothing is proved to have got worse in ${families}`;
  return fell.key === "acceptance-rate"
    ? `${told}, so nothing here shows why people accept less.`
    : `${told} for those who still use it: either less of it was needed, or people stay away.`;
}

/** Where it is used less too, nothing is hidden. `unasked`: nobody chose it, so the verdict above says nothing of it. */
function saidOfWorse(
  worst: MetricReading,
  fell: MetricReading | undefined,
  unasked: boolean,
): Pick<Beside, "agreement" | "sentences"> {
  const left = unasked ? " The verdict leaves it out: nobody chose it here." : "";
  return fell
    ? { agreement: "agree", sentences: [`They agree, both are worse: ${inSentence(fell)} ${worst.says}${left}`] }
    : { agreement: "disagree", sentences: [`They disagree, activity does not show it: ${inSentence(worst)}${left}`] };
}

function inSentence({ says }: MetricReading): string {
  return says.charAt(0).toLowerCase() + says.slice(1);
}

function familiesOf(readings: readonly MetricReading[]): Family[] {
  return DECIDING_FAMILIES.filter((family) => readings.some((reading) => reading.family === family));
}

function besideFigure(reading: MetricReading): BesideFigure {
  const { key, name, value, unit, standing } = reading;
  const figure = value === null || standing === "no-data" ? "" : formatValue(value, unit);
  return { key, name, figure, change: changeSaid(reading), standing };
}

/** "up 73%, was 22 s", "beyond the limit of 2%"; nothing where it is held against nothing. */
function changeSaid({ standing, against, held, change, unit }: MetricReading): string {
  if (standing === "no-data") return "No data";
  if (standing === "not-enough") return "Not enough data yet";
  if (against === null) return "";
  if (held === "line") {
    if (standing === "unsure") return `Not clear yet: ${against.label}`;
    return `${standing === "worse" ? "Beyond" : "Within"} ${against.label}`;
  }
  // The figure beside it says of how many.
  const other = formatValue(against.value, unit).replace(" per 1,000", "");
  const was = `${held === "release" ? "against" : "was"} ${other}`;
  if (standing === "same") return `${held === "release" ? "The same" : "As before"}, ${was}`;
  if (standing === "unsure" || change === null) return `No clear change, ${was}`;
  return `${change.relative < 0 ? "Down" : "Up"} ${formatChange(change.relative)}, ${was}`;
}
