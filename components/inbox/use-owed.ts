"use client";
import { useQuery } from "@tanstack/react-query";
import { useLive } from "#components/live/live.tsx";
import type { ControlView } from "#lib/services/controls/schema.ts";

async function askForOwed(environment: string, signal: AbortSignal): Promise<ControlView[]> {
  const query = new URLSearchParams({ environment });
  const response = await fetch(`/api/console/reasons?${query}`, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`reasons answered ${response.status}`);
  const { owed }: { owed: ControlView[] } = await response.json();
  return owed;
}

/** The reasons that the viewer owes: what the page was loaded with, asked for anew whenever somebody changes a rule. Each page begins with its own. */
export function useOwed(initial: ControlView[]): ControlView[] {
  const { environment } = useLive();
  const { data } = useQuery({
    queryKey: ["reasons", environment],
    queryFn: ({ signal }) => askForOwed(environment, signal),
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  });
  return data;
}
