import { lowerFirst, upperFirst } from "../controls/names.ts";
import { corrected } from "./corrected.ts";
import { metricByKey } from "./definitions.ts";
import type { MetricReading } from "./finding.ts";
import { listed, otherOf, sayFigure, sayOther, sayStretch } from "./say.ts";

/** How one metric reads in one kind of case. */
export type KindReading = { key: string; name: string; reading: MetricReading };

/**
 * Where what got worse is worse.
 * - `mainly`: in few kinds of case, and there surely more than in any other;
 * - `everywhere`: in every kind of case that has enough, in none surely more;
 * - `partly`: surely in some; whether in the others too cannot be told;
 * - `not-told`: in none by itself as surely as in all of them together;
 * - `not-enough`: no kind of case has enough to be told.
 */
export type Spread = "mainly" | "everywhere" | "partly" | "not-told" | "not-enough";

/** `scenarios`: keys of those that are surely worse, the worst first; of `mainly`, those that stand out. */
export type WhereWorse = { spread: Spread; scenarios: string[]; sentence: string };

type Kind = Pick<MetricReading, "standing" | "p"> & KindReading;

/**
 * In which kinds of case a metric is worse that is worse in all of them together. A kind is called worse by the same always-valid test as any figure, after Holm's
 * correction over all kinds (`corrected`); one stands out only where its interval of change (of the figure, where a change
 * has none) meets no other's, which asks for more than a test of the difference.
 * Null where there are not two kinds of case to tell apart.
 */
export function whereWorse(kinds: readonly KindReading[]): WhereWorse | null {
  const seen = corrected(
    kinds.map((kind): Kind => ({ ...kind, standing: kind.reading.standing, p: kind.reading.p })),
  ).filter(({ standing }) => standing !== "no-data");
  if (seen.length < 2) return null;
  const told = seen.filter(({ standing }) => standing !== "not-enough");
  const untold = seen.filter(({ standing }) => standing === "not-enough");
  const worse = told.filter(({ standing }) => standing === "worse").sort(worstFirst);
  const others = told.filter((kind) => !worse.includes(kind));
  if (told.length === 0) return found("not-enough", [], ["Not enough data yet to say in which kinds of case."]);
  if (worse.length === 0) return found("not-told", [], ["It cannot be told yet in which kinds of case."]);
  const few = standOut(worse, told);
  if (few !== null) return found("mainly", few, [...sayMainly(few, worse, others), ...sayUntold(untold)]);
  if (others.length === 0 && worse.length > 1) {
    const all = untold.length === 0 ? "every kind of case" : names(worse);
    return found("everywhere", worse, [
      `Worse in ${all}, and in none clearly more than in the others.`,
      ...sayUntold(untold),
    ]);
  }
  return found("partly", worse, [`Worse in ${withFigures(worse)}.`, ...sayOthers(others), ...sayUntold(untold)]);
}

function found(spread: Spread, kinds: readonly Kind[], sentences: readonly string[]): WhereWorse {
  return { spread, scenarios: kinds.map(({ key }) => key), sentence: sentences.join(" ") };
}

/** The fewest of the worst, at most half of all, each of which is surely worse than everything else. */
function standOut(worse: readonly Kind[], told: readonly Kind[]): Kind[] | null {
  const few = fewestApart(worse, told);
  // What has no figure of its change comes first above, and would hide what stands out by its value.
  return (
    few ?? (worse.some(({ reading }) => reading.change === null) ? fewestApart(worse.toSorted(byValue), told) : null)
  );
}

function fewestApart(worse: readonly Kind[], told: readonly Kind[]): Kind[] | null {
  for (let size = 1; size <= worse.length && 2 * size <= told.length; size++) {
    const few = worse.slice(0, size);
    const rest = told.filter((kind) => !few.includes(kind));
    if (few.every((one) => rest.every((other) => isApart(one, other)))) return few;
  }
  return null;
}

/** By the intervals of change; where one of them has none, as from zero or against a line, by those of the figures themselves. */
function isApart({ reading: one }: Kind, { reading: other, standing }: Kind): boolean {
  if (standing === "better") return true;
  const [mine, its] = one.change && other.change ? [one.change, other.change] : [one, other];
  if (mine.low === null || mine.high === null || its.low === null || its.high === null) return false;
  return one.better === "down" ? mine.low > its.high : mine.high < its.low;
}

function byValue(left: Kind, right: Kind): number {
  const more = (right.reading.value ?? 0) - (left.reading.value ?? 0);
  return (left.reading.better === "down" ? more : -more) || (left.key < right.key ? -1 : 1);
}

function worstFirst(left: Kind, right: Kind): number {
  return size(right) - size(left) || (left.key < right.key ? -1 : 1);
}

/** A change that nobody can put in figures, such as from none, comes first. */
function size({ reading: { change } }: Kind): number {
  return change === null ? Number.MAX_VALUE : Math.abs(change.relative);
}

function sayMainly(few: readonly Kind[], worse: readonly Kind[], others: readonly Kind[]): string[] {
  const too = worse.filter((kind) => !few.includes(kind));
  if (too.length === 0) return [`Mainly in ${withFigures(few)}.`, ...sayOthers(others)];
  const alsoWorse = `${upperFirst(names(too))} ${too.length === 1 ? "is" : "are"} worse too.`;
  return [`Worst in ${withFigures(few)}.`, alsoWorse, ...sayOthers(others)];
}

/** What is better, as before or unsure is not worse, as far as anybody can tell. */
function sayOthers(others: readonly Kind[]): string[] {
  return others.length === 0 ? [] : [`Not clearly worse in ${names(others)}.`];
}

function sayUntold(untold: readonly Kind[]): string[] {
  return untold.length === 0 ? [] : [`Not enough data yet for ${names(untold)}.`];
}

/** So many are named; the rest are counted. */
const MOST_NAMED = 3;

function firstFew(kinds: readonly Kind[], say: (kind: Kind) => string): string {
  const more = kinds.length - MOST_NAMED;
  return listed(more > 1 ? [...kinds.slice(0, MOST_NAMED).map(say), `${more} more`] : kinds.map(say));
}

function names(kinds: readonly Kind[]): string {
  return firstFew(kinds, ({ name }) => lowerFirst(name));
}

/** "refunds: 61 s, was 30 s", "refunds (61 s, was 30 s) and billing (50 s, was 25 s)" */
function withFigures(kinds: readonly Kind[]): string {
  const [only] = kinds;
  if (only && kinds.length === 1) return `${lowerFirst(only.name)}: ${figureOf(only.reading)}`;
  return firstFew(kinds, ({ name, reading }) => `${lowerFirst(name)} (${figureOf(reading)})`);
}

function figureOf(reading: MetricReading): string {
  const { key, value, unit, held, against } = reading;
  const figure = sayFigure({ unit, of: metricByKey(key)?.of ?? null }, value, otherOf(reading));
  if (against === null) return figure;
  return held === "line"
    ? `${figure}${sayStretch(reading)}, beyond ${against.label}`
    : `${figure}, was ${sayOther({ unit }, value, reading)}`;
}
