"use client";
import { useNow } from "./clock.tsx";
import { exactTime, relativeTime, wallTime } from "./relative-time.ts";
import { useHydrated } from "./use-hydrated.ts";

/** A moment as people say it; the exact one, in the reader's zone, on hover. */
export function Moment({ at }: { at: string }) {
  const now = useNow();
  const hydrated = useHydrated();
  return (
    <time dateTime={at} title={hydrated ? exactTime(at) : undefined}>
      {relativeTime(at, now)}
    </time>
  );
}

/** The time of day in the reader's zone ("02:13:09"); relative until the zone is known. */
export function WallTime({ at }: { at: string }) {
  const now = useNow();
  const hydrated = useHydrated();
  return (
    <time dateTime={at} title={hydrated ? exactTime(at) : undefined}>
      {hydrated ? wallTime(at) : relativeTime(at, now)}
    </time>
  );
}
