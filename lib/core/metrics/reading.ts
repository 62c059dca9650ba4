import { type Compared, compareFigures } from "./compare.ts";
import { comparableParts } from "./composite.ts";
import type { MetricDefinition } from "./definition.ts";
import { enoughFor, isEnough } from "./enough.ts";
import { ALIKE, type Figure, type FigureInput, figureOf } from "./figure.ts";
import type { Finding, MetricReading, ReadingInput } from "./finding.ts";
import { againstLine } from "./line.ts";
import { sayReading } from "./say.ts";
import { likeAWeekAgo } from "./week-ago.ts";

const LABELS = { release: "the current release, same hours", "week-before": "the 7 days before" } as const;

/** A figure and what may be said of it, as often as one likes to look: every comparison holds at all looks at once. */
export function readingOf(definition: MetricDefinition, given: ReadingInput): MetricReading {
  const input = likeWithLike(definition, given);
  const found = findingOf(definition, figureOf(definition, input.sample), input);
  const { figure, ...finding } = found;
  const { key, family, name, sentence, unit, better } = definition;
  const { value, low, high, n, note } = figure;
  const counting = note === null ? definition.counting : `${definition.counting} ${note}`;
  const users = sampleTold(input, found).users ?? null;
  const says = sayReading(definition, found, input);
  return {
    key,
    family,
    name,
    sentence,
    unit,
    better,
    value,
    low,
    high,
    n,
    users,
    ...finding,
    among: null,
    says,
    counting,
  };
}

/** What the figure that is told was made of: the period, or its last hours. */
export function sampleTold({ sample, recent }: ReadingInput, { inLast }: Pick<MetricReading, "inLast">): FigureInput {
  return inLast === null ? sample : (recent ?? sample);
}

/** The same, with the quality score made of the same parts on each side, which those that are compared have: of others it would move as soon as one of them begins. */
export function likeWithLike(definition: MetricDefinition, input: ReadingInput): ReadingInput {
  const { sample, held, weekAgo } = input;
  if (definition.formula.kind !== "composite" || sample.parts !== undefined) return input;
  const parts = comparableParts(
    sample.weights ?? ALIKE,
    definition.minimum,
    sample.measures,
    held?.sample.measures ?? null,
  );
  const made = (of: FigureInput): FigureInput => ({
    ...of,
    parts,
    spread: of.spread && { ...of.spread, perOne: null },
  });
  return {
    ...input,
    sample: made(sample),
    held: held && { ...held, sample: made(held.sample) },
    weekAgo: weekAgo && made(weekAgo),
  };
}

function findingOf(definition: MetricDefinition, figure: Figure, input: ReadingInput): Finding {
  const nothing: Finding = {
    figure,
    standing: "no-data",
    held: null,
    against: null,
    change: null,
    p: null,
    outlook: null,
    inLast: null,
    weekAgo: null,
  };
  // Nothing counted is no figure, not a zero.
  if (figure.n <= 0) return { ...nothing, figure: { ...figure, value: null, low: null, high: null } };
  // How many there were is known however few they are.
  const counted = isCount(definition);
  const outlook = counted ? null : enoughFor(definition, figure, input);
  if (outlook !== null) return { ...nothing, standing: "not-enough", outlook };
  const line = againstLine(definition, figure, recentOf(definition, input));
  // A broken limit comes first: it holds whatever the figure was before.
  if (line?.standing === "worse") return { ...nothing, ...line };
  const compared = comparedWith(definition, figure, input);
  if (compared !== null && compared.standing !== "not-enough") return { ...nothing, ...compared };
  // With nothing to compare it with, its own limit still says something, and a count is what it is.
  return { ...nothing, ...(line ?? (counted ? null : compared) ?? { standing: "unsure" as const }) };
}

function isCount({ formula }: MetricDefinition): boolean {
  return formula.kind === "count" || formula.kind === "people";
}

function recentOf(definition: MetricDefinition, { recent }: ReadingInput): Figure | undefined {
  const figure = recent && figureOf(definition, recent);
  return figure && isEnough(definition, figure, recent.users ?? null) ? figure : undefined;
}

function comparedWith(
  definition: MetricDefinition,
  figure: Figure,
  { held, sample, planned, weekAgo }: ReadingInput,
): (Compared & Pick<Finding, "held" | "against" | "weekAgo">) | null {
  if (held === null || !definition.comparisons.some((each) => each.with === held.with)) return null;
  const other = figureOf(definition, held.sample);
  const compared = compareFigures(definition, {
    figure,
    users: sample.users ?? null,
    other,
    otherUsers: held.sample.users ?? null,
    planned,
  });
  const like = likeAWeekAgo(definition, figure, { standing: compared.standing, other }, weekAgo);
  const found = like === null ? compared : { ...compared, standing: "unsure" as const, p: null };
  return {
    ...found,
    weekAgo: like,
    held: held.with,
    against: { label: held.label ?? LABELS[held.with], value: other.value },
  };
}
