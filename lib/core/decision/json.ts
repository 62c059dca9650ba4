/** Readers for data that was not validated: rulesets and contexts come over the network, and `decide` is total on any JSON. */

/** A JSON object (not an array, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own value at `key`, so that `constructor` or `__proto__` never find anything. */
export function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The own keys in code unit order, which no insertion order can change. */
export function sortedKeys(record: Record<string, unknown>): string[] {
  return Object.keys(record).sort(byCodeUnits);
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A string with something in it. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && value.length > 0;
}

/** A number from 0 to 1. */
export function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** A safe integer of at least `least`. */
export function isInteger(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && typeof value === "number" && value >= least;
}
