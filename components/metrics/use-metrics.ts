"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MetricsQuery, MetricsView } from "#lib/services/metrics/schema.ts";

/** Milliseconds between two questions while the page is looked at. */
function interval(period: MetricsQuery["period"]): number {
  return period === "3h" ? 2_000 : 5_000;
}

async function ask(query: MetricsQuery, signal: AbortSignal): Promise<MetricsView> {
  const response = await fetch(`/api/console/metrics?${new URLSearchParams(query)}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`metrics answered ${response.status}`);
  return response.json();
}

function same(a: MetricsQuery, b: MetricsQuery): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}

/**
 * The figures of the page, asked again while it is looked at. What was shown stays until something newer is there: `updatedAt` says since when,
 * `trouble` that the last question went unanswered, `turning` that another period or cut was asked for and is not there yet.
 */
export function useMetrics(query: MetricsQuery, initial: MetricsView | null, initialAt: number) {
  const mine = initial && same(initial.query, query) ? initial : undefined;
  const result = useQuery({
    queryKey: ["metrics", query.environment, query.feature, query.period, query.cut, query.compare],
    queryFn: ({ signal }) => ask(query, signal),
    initialData: mine,
    initialDataUpdatedAt: mine && initialAt,
    placeholderData: keepPreviousData,
    refetchInterval: interval(query.period),
    staleTime: 1_000,
    retry: false,
  });
  return {
    view: result.data ?? initial,
    updatedAt: result.dataUpdatedAt || initialAt,
    trouble: result.isError,
    turning: result.isPlaceholderData,
    askAgain: () => void result.refetch(),
  };
}
