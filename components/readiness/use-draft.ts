"use client";
import { useEffect, useState } from "react";
import type { MeasurementView } from "#lib/services/measurement/schema.ts";
import { changedFields, type Draft, draftOf, rebase } from "./draft.ts";

/** Somebody else saved while this was being typed. `both`: fields that both of us changed. */
export type Meanwhile = { changed: MeasurementView["changed"]; theirs: string[]; both: string[] };

type Kept = { draft: Draft; base: Draft };
type State = Kept & { meanwhile: Meanwhile | null; restored: boolean };

/**
 * What is typed, over what is stored. A newer stored version is put under it and never over it. While it is not saved it is kept in this tab, so
 * that going elsewhere and coming back loses nothing; closing the tab asks first.
 */
export function useDraft(view: MeasurementView, fieldWords: Readonly<Record<string, string>>) {
  const key = `evenkeel.measurement.${view.feature.key}`;
  const stored = draftOf(view);
  const [state, setState] = useState<State>(() => ({ draft: stored, base: stored, meanwhile: null, restored: false }));
  const [looked, setLooked] = useState(false);
  const dirty = changedFields(state.draft, state.base).length > 0;

  if (view.version > state.base.version) {
    const theirs = changedFields(stored, state.base);
    const { draft, both } = rebase(state.draft, state.base, stored);
    const named = (fields: readonly string[]) => fields.map((field) => fieldWords[field] ?? field);
    const meanwhile = dirty ? { changed: view.changed, theirs: named(theirs), both: named(both) } : null;
    setState({ ...state, draft, base: stored, meanwhile });
  }

  useEffect(() => {
    const kept = readKept(key);
    if (kept && changedFields(kept.draft, kept.base).length > 0) {
      setState({ ...kept, meanwhile: null, restored: true });
    }
    setLooked(true);
  }, [key]);

  useEffect(() => {
    if (!looked) return;
    if (!dirty) return forget(key);
    keep(key, { draft: state.draft, base: state.base });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [key, looked, dirty, state.draft, state.base]);

  return {
    draft: state.draft,
    base: state.base,
    dirty,
    meanwhile: state.meanwhile,
    restored: state.restored && dirty,
    change: (part: Partial<Draft>) => setState((now) => ({ ...now, draft: { ...now.draft, ...part } })),
    /** What was sent is stored now, as this version. */
    saved: (sent: Draft, version: number) =>
      setState((now) => {
        const base = { ...sent, version };
        return { draft: { ...now.draft, version }, base, meanwhile: null, restored: false };
      }),
    discard: () => setState((now) => ({ draft: now.base, base: now.base, meanwhile: null, restored: false })),
  };
}

function readKept(key: string): Kept | null {
  try {
    const text = window.sessionStorage.getItem(key);
    const kept: Kept | null = text === null ? null : JSON.parse(text);
    return kept?.draft && kept.base ? kept : null;
  } catch {
    return null;
  }
}

function keep(key: string, kept: Kept): void {
  try {
    window.sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: closing the page still asks first.
  }
}

function forget(key: string): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
