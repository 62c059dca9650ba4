"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { Compare, Period } from "#lib/services/metrics/schema.ts";

const PERIODS = ["3h", "24h", "7d", "28d", "60d"] as const satisfies Period[];
const COMPARES = ["before", "arms", "scenarios", "cohorts"] as const satisfies Compare[];

const shown = {
  period: parseAsStringLiteral(PERIODS).withDefault("7d"),
  cut: parseAsString.withDefault(""),
  compare: parseAsStringLiteral(COMPARES).withDefault("before"),
};

/** What the metric page shows: all of it stands in its address, so that a link shows a colleague the same. */
export function useShown() {
  return useQueryStates(shown);
}

const opened = {
  metric: parseAsString,
  view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
};

/** Which metric is open, and as what. Going back closes it. */
export function useOpened() {
  return useQueryStates(opened, { history: "push" });
}
