"use client";
import type { ReactNode } from "react";
import { useSide } from "./side.ts";

/** The two sides that share the feature's own address: what can be switched, and who did what. */
export function FeatureSides({ controls, activity }: { controls: ReactNode; activity: ReactNode }) {
  const [side] = useSide();
  return side === "activity" ? <section aria-label="Activity">{activity}</section> : controls;
}
