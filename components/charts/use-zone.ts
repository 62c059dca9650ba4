"use client";
import { useHydrated } from "#components/ui/use-hydrated.ts";

/** The reader's zone ("Europe/Berlin"). Null on the server and in the first render, which do not know it: times wait for it, in their place. */
export function useZone(): string | null {
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : null;
}
