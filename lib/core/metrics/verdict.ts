import { corrected } from "./corrected.ts";
import { DECIDING_FAMILIES, FAMILIES, type Family } from "./definition.ts";
import { metricByKey } from "./definitions.ts";
import { waits } from "./enough.ts";
import type { MetricReading, Standing } from "./finding.ts";
import { listed, otherOf, sayFigure, sayOther, saySilence, sayStretch } from "./say.ts";
import { sayMissing } from "./to-send.ts";

/** The one sentence about a feature, how it stands, and what it is about (null: all of it). */
export type Verdict = { standing: Standing; sentence: string; family: Family | null; metric: string | null };

/** Now, and since when nobody has reported (null: somebody does); epoch ms. */
export type VerdictTime = { now: number; silentSince: number | null };

/** Worst first. Activity is never the verdict: it is not trust. */
const ORDER: readonly Family[] = ["harm", "fallback", "trust", "quality", "operations"];

/** What a family is said to do: got worse, got better, is beyond a fixed limit. */
const MOVES: Readonly<Partial<Record<Family, { worse: string; better: string; beyond: string }>>> = {
  harm: { worse: "Harm is up", better: "Harm is down", beyond: "Harm is too high" },
  fallback: { worse: "Fallback is up", better: "Fallback is down", beyond: "Fallback is too high" },
  trust: { worse: "Trust is down", better: "Trust is up", beyond: "Trust is too low" },
  quality: { worse: "Quality is down", better: "Quality is up", beyond: "Quality is too low" },
  operations: {
    worse: "Operations got worse",
    better: "Operations got better",
    beyond: "Operations are beyond a limit",
  },
};

/** What one family, or more of them, are said to be as. */
const SAME = {
  "week-before": { one: "is as it was", more: "are as they were" },
  release: { one: "is as with the current release", more: "are as with the current release" },
  line: { one: "is within its limit", more: "are within their limits" },
} as const;

/** The verdict on a feature from the readings of its chosen metrics, of which only what holds for all of them together moves it (`corrected`). */
export function verdictOf(readings: readonly MetricReading[], time: VerdictTime): Verdict {
  const held = corrected(readings.filter(({ family }) => ORDER.includes(family)));
  const worse = moved(held, "worse");
  if (time.silentSince !== null) {
    const silence = saySilence(time.silentSince, time.now);
    return worse === null ? plain("no-data", silence) : { ...worse, sentence: `${worse.sentence} ${silence}` };
  }
  if (held.length === 0) return plain("no-data", "Nobody has chosen yet what is measured here.");
  return worse ?? tooLittle(held) ?? moved(held, "better") ?? calm(held);
}

function moved(readings: readonly MetricReading[], standing: "worse" | "better"): Verdict | null {
  const [first] = readings.filter((reading) => reading.standing === standing).sort(worstFirst);
  if (!first) return null;
  const words = MOVES[first.family]?.[first.held === "line" ? "beyond" : standing] ?? first.name;
  return { standing, sentence: `${words}: ${inShort(first)}.`, family: first.family, metric: first.key };
}

function worstFirst(left: MetricReading, right: MetricReading): number {
  return ORDER.indexOf(left.family) - ORDER.indexOf(right.family) || size(right) - size(left);
}

function size({ change }: MetricReading): number {
  return Math.abs(change?.relative ?? Number.POSITIVE_INFINITY);
}

/** "correction time 38 s, was 22 s", "edit rate 31% of AI answers, was 20%" */
function inShort(reading: MetricReading): string {
  const { key, name, value, unit, held, against } = reading;
  const of = metricByKey(key)?.of ?? null;
  const figure = `${name.charAt(0).toLowerCase()}${name.slice(1)} ${sayFigure({ unit, of }, value, otherOf(reading))}`;
  if (against === null) return figure;
  if (held === "line") return `${figure}${sayStretch(reading)}, beyond ${against.label}`;
  const other = sayOther({ unit }, value, reading);
  return held === "release"
    ? `${figure} with the candidate, ${other} with the current release`
    : `${figure}, was ${other}`;
}

/** Of trust, harm and fallback, where any of them is measured. */
function deciding(readings: readonly MetricReading[]): readonly MetricReading[] {
  const found = readings.filter(({ family }) => DECIDING_FAMILIES.some((each) => each === family));
  return found.length > 0 ? found : readings;
}

function tooLittle(readings: readonly MetricReading[]): Verdict | null {
  const asked = deciding(readings);
  if (!asked.every(isSilent)) return null;
  const waiting = asked.filter(({ standing }) => standing === "not-enough");
  if (waiting.length === 0) return plain("no-data", asked[0]?.says ?? "");
  // From then on the verdict says something.
  const [soonest] = waiting.toSorted((left, right) => waits(left.outlook) - waits(right.outlook));
  if (soonest?.outlook) return plain("not-enough", soonest.says);
  const other = soonest?.held === "release" ? "the current release" : "the time before";
  return plain("not-enough", `Not enough data yet to compare with ${other}.`);
}

function isSilent({ standing }: MetricReading): boolean {
  return standing === "not-enough" || standing === "no-data";
}

function calm(readings: readonly MetricReading[]): Verdict {
  const asked = deciding(readings);
  const told = familiesOf(asked.filter((reading) => !isSilent(reading)));
  const untold = familiesOf(asked).filter((family) => !told.includes(family));
  if (asked.every(({ standing }) => standing === "same")) return plain("same", saySame(asked));
  return plain(
    "unsure",
    [`No clear change in ${listed(told)}.`, ...sayUntold(asked, untold, areNamed(readings))].join(" "),
  );
}

/** Families by what they are as: where arms are compared that is no time before, and in its first week a feature has nothing but its limits. */
function saySame(readings: readonly MetricReading[]): string {
  const like = (family: Family) => {
    const held = new Set(readings.flatMap((each) => (each.family === family ? [each.held] : [])));
    return held.has("release") ? "release" : held.size === 1 && held.has("line") ? "line" : "week-before";
  };
  const families = familiesOf(readings);
  return [...new Set(families.map(like))]
    .map((held) => {
      const some = families.filter((family) => like(family) === held);
      return `${capital(listed(some))} ${SAME[held][some.length === 1 ? "one" : "more"]}.`;
    })
    .join(" ");
}

/** Where there is too little, more will come; where nothing is counted at all, nobody should wait for it. */
function sayUntold(readings: readonly MetricReading[], untold: readonly Family[], named: boolean): string[] {
  const few = untold.filter((family) =>
    readings.some((reading) => reading.family === family && reading.standing === "not-enough"),
  );
  const missing = untold.filter((family) => !few.includes(family));
  const why = (family: Family) =>
    sayMissing(
      readings.flatMap((each) => (each.family === family ? (metricByKey(each.key) ?? []) : [])),
      named,
    );
  return [
    ...(few.length === 0 ? [] : [`Not enough data yet for ${listed(few)}.`]),
    ...[...new Set(missing.map(why))].map(
      (reason) => `No data for ${listed(missing.filter((family) => why(family) === reason))}: ${reason}.`,
    ),
  ];
}

/** Whether the product sends pseudonyms: whoever knows of people knows them by those. */
function areNamed(readings: readonly MetricReading[]): boolean {
  return readings.some(({ users }) => users !== null && users > 0);
}

function familiesOf(readings: readonly MetricReading[]): Family[] {
  return FAMILIES.filter((family) => readings.some((reading) => reading.family === family));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plain(standing: Standing, sentence: string): Verdict {
  return { standing, sentence, family: null, metric: null };
}
