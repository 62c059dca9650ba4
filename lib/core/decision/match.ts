import { parseIsoDate } from "./iso-date.ts";

/**
 * Kleene's three values as numbers, so that "all" is the minimum, "any" the maximum and "not" the mirror image.
 * What is unknown counts as inside for a control and as outside for an envelope, a candidate arm, a pin or a held exposure.
 */
export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;
export type Answer = 0 | 1 | 2;

export const OP = {
  unknown: 0,
  all: 1,
  any: 2,
  not: 3,
  cohort: 4,
  isString: 5,
  isNumber: 6,
  isBoolean: 7,
  isDate: 8,
  compareNumber: 9,
  compareDate: 10,
} as const;

export const COMPARE = { "<": 0, "<=": 1, ">": 2, ">=": 3 } as const;

/** A condition made ready for matching. One shape for all kinds, so that the engine's code stays monomorphic. */
export type MatchNode = {
  op: number;
  attribute: string;
  strings: readonly string[];
  /** Numbers, or instants (epoch ms) of a date attribute. */
  numbers: readonly number[];
  acceptsTrue: boolean;
  acceptsFalse: boolean;
  /** Answer when no listed value fits: `NO`, or `UNKNOWN` when one of the rule's own values is ill-typed. */
  otherwise: Answer;
  compare: number;
  /** What a value is compared with: a number, or an instant (epoch ms). */
  limit: number;
  children: readonly MatchNode[];
  cohort: CohortNode | null;
};

/** A cohort with its answer for one decision: `stamp` says for which, so that many controls ask each cohort once. */
export type CohortNode = { node: MatchNode; stamp: number; answer: Answer };

export function matchNode(op: number): MatchNode {
  return {
    op,
    attribute: "",
    strings: [],
    numbers: [],
    acceptsTrue: false,
    acceptsFalse: false,
    otherwise: NO,
    compare: 0,
    limit: Number.NaN,
    children: [],
    cohort: null,
  };
}

export const UNKNOWN_NODE: MatchNode = matchNode(OP.unknown);

/** No attributes at all; stands in for an absent or ill-typed `attributes`. */
export const NO_ATTRIBUTES: Record<string, unknown> = Object.freeze(Object.create(null));

/** The answer of `cohort` for these attributes. `stamp` differs for every decision. */
export function matchCohort(cohort: CohortNode, attributes: Record<string, unknown>, stamp: number): Answer {
  if (cohort.stamp !== stamp) {
    cohort.answer = match(cohort.node, attributes, stamp);
    cohort.stamp = stamp;
  }
  return cohort.answer;
}

/** The answer of a prepared condition. An absent or ill-typed value of the context is unknown. */
export function match(node: MatchNode, attributes: Record<string, unknown>, stamp: number): Answer {
  switch (node.op) {
    case OP.all: {
      let answer: Answer = YES;
      for (const part of node.children) {
        const child = match(part, attributes, stamp);
        if (child === NO) return NO;
        if (child < answer) answer = child;
      }
      return answer;
    }
    case OP.any: {
      let answer: Answer = NO;
      for (const part of node.children) {
        const child = match(part, attributes, stamp);
        if (child === YES) return YES;
        if (child > answer) answer = child;
      }
      return answer;
    }
    case OP.not: {
      for (const part of node.children) {
        const child = match(part, attributes, stamp);
        return child === YES ? NO : child === NO ? YES : UNKNOWN;
      }
      return UNKNOWN;
    }
    case OP.cohort:
      return node.cohort === null ? UNKNOWN : matchCohort(node.cohort, attributes, stamp);
    case OP.isString: {
      const value = attributes[node.attribute];
      if (typeof value !== "string") return UNKNOWN;
      return node.strings.includes(value) ? YES : node.otherwise;
    }
    case OP.isNumber: {
      const value = attributes[node.attribute];
      if (typeof value !== "number" || !Number.isFinite(value)) return UNKNOWN;
      return node.numbers.includes(value) ? YES : node.otherwise;
    }
    case OP.isBoolean: {
      const value = attributes[node.attribute];
      if (typeof value !== "boolean") return UNKNOWN;
      return (value ? node.acceptsTrue : node.acceptsFalse) ? YES : node.otherwise;
    }
    case OP.isDate: {
      const instant = dateValue(attributes[node.attribute]);
      if (Number.isNaN(instant)) return UNKNOWN;
      return node.numbers.includes(instant) ? YES : node.otherwise;
    }
    case OP.compareNumber: {
      const value = attributes[node.attribute];
      if (typeof value !== "number" || !Number.isFinite(value)) return UNKNOWN;
      return compared(node, value);
    }
    case OP.compareDate: {
      const instant = dateValue(attributes[node.attribute]);
      return Number.isNaN(instant) ? UNKNOWN : compared(node, instant);
    }
    default:
      return UNKNOWN;
  }
}

function dateValue(value: unknown): number {
  return typeof value === "string" ? parseIsoDate(value) : Number.NaN;
}

function compared(node: MatchNode, value: number): Answer {
  const limit = node.limit;
  switch (node.compare) {
    case COMPARE["<"]:
      return value < limit ? YES : NO;
    case COMPARE["<="]:
      return value <= limit ? YES : NO;
    case COMPARE[">"]:
      return value > limit ? YES : NO;
    default:
      return value >= limit ? YES : NO;
  }
}
