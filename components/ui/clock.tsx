"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useHydrated } from "./use-hydrated.ts";

const ClockContext = createContext<{ now: number; serverNow: number } | null>(null);

/**
 * The server's time, ticking. The first render shows the server's own moment, so the page and its hydration agree, and a
 * reader's wrong clock changes nothing. `serverNow`: epoch ms.
 */
export function Clock({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setNow(serverNow + performance.now() - startedAt), 1000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return <ClockContext.Provider value={{ now, serverNow }}>{children}</ClockContext.Provider>;
}

/** Server time now, epoch ms; renders again every second. */
export function useNow(): number {
  const clock = useContext(ClockContext);
  const hydrated = useHydrated();
  if (clock === null) throw new Error("useNow needs a <Clock> above it");
  // A part of the page that wakes up later than the clock began to tick must first be what the server sent.
  return hydrated ? clock.now : clock.serverNow;
}
