"use client";
import { useQuery } from "@tanstack/react-query";
import { useLive } from "#components/live/live.tsx";
import type { ControlEffect } from "#lib/services/metrics/schema.ts";

async function ask(environment: string, controls: string, signal: AbortSignal): Promise<ControlEffect[]> {
  const response = await fetch(`/api/console/metrics/effects?${new URLSearchParams({ environment, controls })}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`effects answered ${response.status}`);
  const { effects }: { effects: ControlEffect[] } = await response.json();
  return effects;
}

/** What each of these controls did so far, asked again four times a minute. `initial`: what the page was loaded with. */
export function useEffects(controls: readonly string[], initial: ControlEffect[]): ReadonlyMap<string, ControlEffect> {
  const { environment } = useLive();
  const ids = controls.toSorted().join(",");
  const { data } = useQuery({
    queryKey: ["effects", environment, ids],
    queryFn: ({ signal }) => ask(environment, ids, signal),
    enabled: ids !== "",
    placeholderData: (previous) => previous ?? initial,
    refetchInterval: 15_000,
    retry: false,
  });
  return new Map((data ?? initial).map((effect) => [effect.controlId, effect]));
}
