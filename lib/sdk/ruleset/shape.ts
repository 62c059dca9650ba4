import type { Ruleset } from "../../core/decision/ruleset.ts";
import { DAY_MS, MINUTE_MS } from "../../core/time.ts";

const TABLES = ["attributes", "cohorts", "releases", "filters", "texts", "features", "controls"];

/** True for what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether something can be taken for a ruleset at all: it has a name and its tables are tables. What its entities say is `decide`'s to
 * judge, which reads anything unknown as the safer. One of another `schemaVersion` passes with a name alone: `decide` answers it with the fallback.
 */
export function isRuleset(value: unknown): value is Ruleset {
  if (!isRecord(value)) return false;
  if (typeof value.epoch !== "string" || value.epoch === "" || !Number.isSafeInteger(value.version)) return false;
  if (typeof value.schemaVersion !== "number") return false;
  return value.schemaVersion !== 1 || TABLES.every((table) => isRecord(value[table]));
}

const DEFAULT_STALE_AFTER = { coldStartMs: 15 * MINUTE_MS, runningMs: DAY_MS };

/** `staleAfter` of a ruleset in ms; what is not a positive number is the default of 15 minutes and 24 hours. */
export function staleAfterOf(ruleset: Ruleset): { coldStartMs: number; runningMs: number } {
  const given: unknown = ruleset.staleAfter;
  const positive = (value: unknown, otherwise: number) =>
    typeof value === "number" && Number.isFinite(value) && value > 0 ? value : otherwise;
  if (!isRecord(given)) return DEFAULT_STALE_AFTER;
  return {
    coldStartMs: positive(given.coldStartMs, DEFAULT_STALE_AFTER.coldStartMs),
    runningMs: positive(given.runningMs, DEFAULT_STALE_AFTER.runningMs),
  };
}
