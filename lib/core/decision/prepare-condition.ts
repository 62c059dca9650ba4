import { parseIsoDate } from "./iso-date.ts";
import { isFiniteNumber, isName, isRecord, own } from "./json.ts";
import { COMPARE, type CohortNode, type MatchNode, matchNode, OP, UNKNOWN, UNKNOWN_NODE } from "./match.ts";

/** Conditions nested deeper than this are unknown: no operator writes them, and matching must never exhaust the stack. */
const MAX_DEPTH = 32;

/** What a condition refers to. `cohort` answers null for a cohort that does not exist. */
export type Vocabulary = {
  attributes: Record<string, unknown>;
  cohort: (key: string) => CohortNode | null;
};

/** Makes a raw condition ready for `match`. Total: what cannot be read, or is of an unknown kind, is unknown. */
export function prepareCondition(raw: unknown, vocabulary: Vocabulary, depth = 0): MatchNode {
  if (!isRecord(raw) || depth > MAX_DEPTH) return UNKNOWN_NODE;
  switch (own(raw, "kind")) {
    case "all":
      return group(OP.all, own(raw, "of"), vocabulary, depth);
    case "any":
      return group(OP.any, own(raw, "of"), vocabulary, depth);
    case "not":
      return group(OP.not, [own(raw, "of")], vocabulary, depth);
    case "cohort": {
      const key = own(raw, "cohort");
      const cohort = typeof key === "string" ? vocabulary.cohort(key) : null;
      return cohort === null ? UNKNOWN_NODE : { ...matchNode(OP.cohort), cohort };
    }
    case "is":
      return isCondition(own(raw, "attribute"), own(raw, "anyOf"), vocabulary);
    case "compare":
      return compareCondition(raw, vocabulary);
    default:
      return UNKNOWN_NODE;
  }
}

function group(op: number, of: unknown, vocabulary: Vocabulary, depth: number): MatchNode {
  if (!Array.isArray(of)) return UNKNOWN_NODE;
  return { ...matchNode(op), children: of.map((child) => prepareCondition(child, vocabulary, depth + 1)) };
}

/** The declared type of an attribute, null when it is not declared. */
function typeOf(attribute: unknown, vocabulary: Vocabulary): unknown {
  if (!isName(attribute)) return null;
  const declared = own(vocabulary.attributes, attribute);
  return isRecord(declared) ? own(declared, "type") : null;
}

function isCondition(attribute: unknown, anyOf: unknown, vocabulary: Vocabulary): MatchNode {
  if (!isName(attribute) || !Array.isArray(anyOf)) return UNKNOWN_NODE;
  switch (typeOf(attribute, vocabulary)) {
    case "string": {
      const strings = anyOf.filter((value) => typeof value === "string");
      return { ...matchNode(OP.isString), attribute, strings, otherwise: otherwise(strings, anyOf) };
    }
    case "number": {
      const numbers = anyOf.filter(isFiniteNumber);
      return { ...matchNode(OP.isNumber), attribute, numbers, otherwise: otherwise(numbers, anyOf) };
    }
    case "boolean": {
      const booleans = anyOf.filter((value) => typeof value === "boolean");
      const node = { ...matchNode(OP.isBoolean), attribute, otherwise: otherwise(booleans, anyOf) };
      return { ...node, acceptsTrue: booleans.includes(true), acceptsFalse: booleans.includes(false) };
    }
    case "date": {
      const numbers = anyOf.map(instant).filter((value) => !Number.isNaN(value));
      return { ...matchNode(OP.isDate), attribute, numbers, otherwise: otherwise(numbers, anyOf) };
    }
    default:
      return UNKNOWN_NODE;
  }
}

/** A rule's own ill-typed value might have been meant to fit, so its "no" is only an "unknown". */
function otherwise(readable: unknown[], all: unknown[]): 0 | 1 {
  return readable.length === all.length && all.length > 0 ? 0 : UNKNOWN;
}

/** Numbers and dates have an order. Texts have none that an operator would expect ("2.10" before "2.9"), so comparing them is unknown. */
function compareCondition(raw: Record<string, unknown>, vocabulary: Vocabulary): MatchNode {
  const attribute = own(raw, "attribute");
  const op = own(raw, "op");
  const value = own(raw, "value");
  if (!isName(attribute) || (op !== "<" && op !== "<=" && op !== ">" && op !== ">=")) return UNKNOWN_NODE;
  const type = typeOf(attribute, vocabulary);
  if (type === "number" && isFiniteNumber(value)) {
    return { ...matchNode(OP.compareNumber), attribute, compare: COMPARE[op], limit: value };
  }
  const limit = type === "date" ? instant(value) : Number.NaN;
  if (Number.isNaN(limit)) return UNKNOWN_NODE;
  return { ...matchNode(OP.compareDate), attribute, compare: COMPARE[op], limit };
}

function instant(value: unknown): number {
  return typeof value === "string" ? parseIsoDate(value) : Number.NaN;
}
