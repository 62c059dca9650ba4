"use client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLive } from "#components/live/live.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";

async function ask(environment: string, signal: AbortSignal): Promise<FeatureVerdict[]> {
  const response = await fetch(`/api/console/metrics/verdicts?${new URLSearchParams({ environment })}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`verdicts answered ${response.status}`);
  const { verdicts }: { verdicts: FeatureVerdict[] } = await response.json();
  return verdicts;
}

function verdictsOf(environment: string) {
  return queryOptions({
    queryKey: ["verdicts", environment],
    queryFn: ({ signal }) => ask(environment, signal),
    staleTime: 5_000,
    retry: false,
  });
}

/** How each feature does by its figures, asked again four times a minute while it is looked at. Null: could not be told yet. */
export function useVerdicts(initial: FeatureVerdict[] | null): FeatureVerdict[] | null {
  const { environment } = useLive();
  const hydrated = useHydrated();
  const { data } = useQuery({
    ...verdictsOf(environment),
    initialData: initial ?? undefined,
    refetchInterval: 15_000,
  });
  // The shell asks for them, too, and may have heard before this part of the page wakes up: first it must be what the server sent.
  return (hydrated ? data : initial) ?? null;
}

/** What this browser knows of it, when it heard it (epoch ms by its own clock), and how to ask now. */
export type KeptVerdicts = {
  verdicts: FeatureVerdict[] | undefined;
  heardAt: number;
  failed: boolean;
  ask: () => void;
};

/** The same, kept on every page for when somebody needs it at once. */
export function useKeptVerdicts(): KeptVerdicts {
  const { environment } = useLive();
  const { data, dataUpdatedAt, isError, refetch } = useQuery({ ...verdictsOf(environment), refetchInterval: 30_000 });
  return {
    verdicts: data,
    heardAt: dataUpdatedAt,
    failed: isError,
    ask: () => void refetch({ cancelRefetch: false }),
  };
}
