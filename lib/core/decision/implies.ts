import type { Condition } from "./condition.ts";
import { sameJson } from "./same-json.ts";

/**
 * Whether `narrower` being definitely true proves that `wider` is definitely true, whatever the context; null is "everyone". It looks at the form
 * only, so false means "not proved". Both must be read with the same attributes and cohorts.
 */
export function implies(narrower: Condition | null, wider: Condition | null): boolean {
  if (wider === null) return true;
  if (narrower === null) return false;
  if (sameJson(narrower, wider)) return true;
  if (wider.kind === "all" && wider.of.every((part) => implies(narrower, part))) return true;
  if (narrower.kind === "any") return narrower.of.every((part) => implies(part, wider));
  if (wider.kind === "any" && wider.of.some((part) => implies(narrower, part))) return true;
  if (narrower.kind === "all") return narrower.of.some((part) => implies(part, wider));
  if (narrower.kind === "is" && wider.kind === "is") {
    return (
      narrower.attribute === wider.attribute && narrower.anyOf.every((value) => wider.anyOf.some((w) => w === value))
    );
  }
  if (narrower.kind === "compare" && wider.kind === "compare") return impliesLimit(narrower, wider);
  return false;
}

type Comparison = Extract<Condition, { kind: "compare" }>;

/** The same comparison with a stricter number. Dates are texts here and are not looked into. */
function impliesLimit(narrower: Comparison, wider: Comparison): boolean {
  if (narrower.attribute !== wider.attribute || narrower.op !== wider.op) return false;
  if (typeof narrower.value !== "number" || typeof wider.value !== "number") return false;
  return narrower.op === "<" || narrower.op === "<=" ? narrower.value <= wider.value : narrower.value >= wider.value;
}

/** The attributes and cohorts that a condition mentions. */
export function mentions(condition: Condition | null): { attributes: string[]; cohorts: string[] } {
  if (condition === null) return { attributes: [], cohorts: [] };
  switch (condition.kind) {
    case "all":
    case "any": {
      const parts = condition.of.map(mentions);
      return { attributes: parts.flatMap((p) => p.attributes), cohorts: parts.flatMap((p) => p.cohorts) };
    }
    case "not":
      return mentions(condition.of);
    case "cohort":
      return { attributes: [], cohorts: [condition.cohort] };
    default:
      return { attributes: [condition.attribute], cohorts: [] };
  }
}
