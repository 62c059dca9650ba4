"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { type LiveAnswer, pollInterval } from "./live-answer.ts";

type Live = LiveAnswer & {
  environment: string;
  /** When this browser last heard (epoch ms by its own clock), and whether the last question went unanswered. */
  heardAt: number;
  /** What the page was sent with. */
  initial: LiveAnswer;
  away: "no" | "unreachable" | "signed-out";
  watch: (controlId: string) => () => void;
  refresh: () => void;
};

const LiveContext = createContext<Live | null>(null);

class SignedOut extends Error {}

async function ask(environment: string, controls: string[], signal: AbortSignal): Promise<LiveAnswer> {
  const query = new URLSearchParams({ environment, controls: controls.join(",") });
  const response = await fetch(`/api/console/live?${query}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    cache: "no-store",
  });
  if (response.status === 401) throw new SignedOut();
  if (!response.ok) throw new Error(`live answered ${response.status}`);
  return response.json();
}

/**
 * One question a second for everything on the screen that changes by itself, only while the tab can be seen, so that a
 * browser never holds more than one connection for it.
 */
export function LiveProvider(props: { environment: string; initial: LiveAnswer; children: ReactNode }) {
  const { environment, initial } = props;
  const watched = useRef(new Map<string, number>());
  const client = useQueryClient();
  const [startedAt] = useState(() => Date.now());
  const query = useQuery({
    queryKey: ["live", environment],
    queryFn: ({ signal }) => ask(environment, [...watched.current.keys()], signal),
    initialData: initial,
    refetchInterval: ({ state }) => pollInterval([...watched.current.keys()], state.data?.proofs ?? []),
    retry: false,
  });
  const { data, error, dataUpdatedAt, refetch } = query;

  const live = useMemo<Live>(
    () => ({
      ...data,
      initial,
      environment,
      heardAt: dataUpdatedAt || startedAt,
      away: error === null ? "no" : error instanceof SignedOut ? "signed-out" : "unreachable",
      refresh: () => void refetch(),
      watch: (controlId) => {
        const count = watched.current;
        count.set(controlId, (count.get(controlId) ?? 0) + 1);
        if (count.get(controlId) === 1) void refetch();
        return () => {
          const left = (count.get(controlId) ?? 1) - 1;
          if (left > 0) count.set(controlId, left);
          else count.delete(controlId);
        };
      },
    }),
    [data, initial, environment, error, dataUpdatedAt, refetch, startedAt],
  );

  // Somebody changed a rule: what this browser knows of the switches and of the reasons that are owed is old.
  const { version } = data;
  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    void client.invalidateQueries({ queryKey: ["switches", environment] });
    void client.invalidateQueries({ queryKey: ["reasons", environment] });
  }, [version, environment, client]);

  return <LiveContext.Provider value={live}>{props.children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  const hydrated = useHydrated();
  if (live === null) throw new Error("useLive needs a <LiveProvider> above it");
  // A part of the page that wakes up after the first answer came must first be what the server sent.
  return hydrated ? live : { ...live, ...live.initial };
}

/** Keeps asking who has confirmed a control while the caller is on the screen. Undefined until first heard of. */
export function useProof(controlId: string | null): ProofView | undefined {
  const { proofs, watch } = useLive();
  const watchRef = useRef(watch);
  useEffect(() => {
    if (controlId !== null) return watchRef.current(controlId);
  }, [controlId]);
  return proofs.find((proof) => proof.controlId === controlId);
}
