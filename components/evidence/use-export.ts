"use client";
import { useEffect, useRef, useState } from "react";
import type { WhichAnswers } from "#lib/core/events/harm.ts";
import { evidenceFileName } from "#lib/services/evidence/present.ts";
import type { EvidenceInput } from "#lib/services/evidence/schema.ts";
import { ExportTrouble, type Progress, readExport } from "./read-export.ts";
import { fileFor } from "./save-file.ts";

export type ExportState =
  | { kind: "idle" }
  | { kind: "reading"; progress: Progress }
  | { kind: "saved"; name: string; answers: WhichAnswers; progress: Progress }
  | { kind: "cancelled" }
  | { kind: "failed"; because: string };

/** One export at a time: reads it, says how far it is, saves it. Leaving the page gives it up. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(input: EvidenceInput, decisions: number) {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const name = evidenceFileName({ ...input, from: Date.parse(input.from), to: Date.parse(input.to) });
    try {
      const file = await fileFor(name, decisions);
      setState({ kind: "reading", progress: { done: 0, total: decisions } });
      const answer = fetch(`/api/console/evidence?${new URLSearchParams(input)}`, {
        signal: stop.signal,
        cache: "no-store",
      });
      const tell = (progress: Progress) => setState({ kind: "reading", progress });
      const { answers } = input;
      setState({ kind: "saved", name, answers, progress: await readExport(answer, file, tell) });
    } catch (error) {
      const because = error instanceof ExportTrouble ? error.message : "The file could not be written. Try again.";
      const cancelled = error instanceof Error && error.name === "AbortError";
      setState(cancelled ? { kind: "cancelled" } : { kind: "failed", because });
    } finally {
      if (running.current === stop) running.current = null;
    }
  }

  return { state, start, cancel: () => running.current?.abort() };
}
