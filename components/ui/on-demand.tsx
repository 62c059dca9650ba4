"use client";
import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

export type Touchable = { onClick?: () => void; onPointerEnter?: () => void; onFocus?: () => void };

type OnDemandProps = {
  trigger: ReactElement<Touchable>;
  /** Fetches the code of `opened`; called at the first touch (pointer over it, or focus). */
  load: () => Promise<unknown>;
  /** A lazy component that shows the trigger itself and is open when it first appears. */
  opened: (trigger: ReactElement) => ReactNode;
};

/** Shows only a `trigger` until somebody opens it, so that no page pays for a menu that nobody opens. */
export function OnDemand({ trigger, load, opened }: OnDemandProps) {
  const [wanted, setWanted] = useState(false);
  const early = () => void load().catch(() => {});
  if (!wanted) return cloneElement(trigger, { onClick: () => setWanted(true), onPointerEnter: early, onFocus: early });
  return <Suspense fallback={trigger}>{opened(trigger)}</Suspense>;
}
