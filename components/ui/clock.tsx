"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const ClockContext = createContext<number | null>(null);

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
  return <ClockContext.Provider value={now}>{children}</ClockContext.Provider>;
}

/** Server time now, epoch ms; renders again every second. */
export function useNow(): number {
  const now = useContext(ClockContext);
  if (now === null) throw new Error("useNow needs a <Clock> above it");
  return now;
}
