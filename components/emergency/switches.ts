"use client";
import { useQuery } from "@tanstack/react-query";
import { useLive } from "#components/live/live.tsx";
import type { SwitchView } from "#lib/services/controls/schema.ts";

async function askForSwitches(environment: string, feature: string | null, signal: AbortSignal): Promise<SwitchView[]> {
  const query = new URLSearchParams({ environment, ...(feature && { feature }) });
  const response = await fetch(`/api/console/switches?${query}`, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`switches answered ${response.status}`);
  const { switches }: { switches: SwitchView[] } = await response.json();
  return switches;
}

/**
 * What can be switched, of one feature or (null) everywhere, most likely first. Asked for before it is needed and kept,
 * so that the dialog opens at once and still opens when the network is gone.
 */
export function useSwitches(feature: string | null, initial?: SwitchView[]) {
  const { environment } = useLive();
  return useQuery({
    queryKey: ["switches", environment, feature],
    queryFn: ({ signal }) => askForSwitches(environment, feature, signal),
    initialData: initial,
    initialDataUpdatedAt: initial ? Date.now() : undefined,
    staleTime: 10_000,
    refetchInterval: 30_000,
    gcTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
}
