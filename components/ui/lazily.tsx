"use client";
import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from "react";
import { useHydrated } from "./use-hydrated.ts";

/**
 * A part that is fetched when it is first shown, in the browser only; `waiting` stands in its place meanwhile. It is what next/dynamic does
 * without its server's side, which would weigh 1.6 kB on every page.
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  const Part = lazy(async () => ({ default: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, where its module begins
  return function Lazily(props: P) {
    const there = useHydrated();
    return <Suspense fallback={waiting}>{there ? createElement(Part, props) : waiting}</Suspense>;
  };
}
