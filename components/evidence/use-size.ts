"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { EvidenceSize, EvidenceSpan } from "#lib/services/evidence/schema.ts";
import { ExportTrouble, refusalOf } from "./read-export.ts";

/** Long enough that a time being typed is not asked about digit by digit. */
const SETTLE_MS = 300;

async function ask(span: EvidenceSpan, signal: AbortSignal): Promise<EvidenceSize> {
  const query = new URLSearchParams(span);
  const response = await fetch(`/api/console/evidence/size?${query}`, { signal, cache: "no-store" });
  if (!response.ok) throw await refusalOf(response);
  return response.json();
}

/** How much an export would hold; asked again a moment after the span changed. Null: no span yet. */
export function useSize(span: EvidenceSpan | null) {
  const [asked, setAsked] = useState(span);
  const settled = JSON.stringify(asked) === JSON.stringify(span);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(span), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [span]);
  const { data, error, isFetching } = useQuery({
    queryKey: ["evidence-size", asked],
    queryFn: ({ signal }) => (asked ? ask(asked, signal) : null),
    enabled: asked !== null,
    retry: false,
    staleTime: 30_000,
  });
  const because = error instanceof ExportTrouble ? error.message : "How much it is could not be asked.";
  return {
    size: settled && !error ? (data ?? null) : null,
    because: settled && error ? because : null,
    asking: isFetching || !settled,
  };
}
