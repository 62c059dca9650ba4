"use client";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { answersInWords } from "#lib/services/evidence/present.ts";
import { progressInWords, quarterInWords } from "./read-export.ts";
import type { ExportState } from "./use-export.ts";

/** How far the export is, or how it ended. What has just changed takes the focus, so that a keyboard is never left on something that is gone. */
export function ExportOutcome({ state, onCancel }: { state: ExportState; onCancel: () => void }) {
  const cancel = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const { kind } = state;
  useEffect(() => {
    if (kind === "reading") cancel.current?.focus();
    else if (kind !== "idle") end.current?.focus();
  }, [kind]);

  return (
    <>
      <p role="status" className="sr-only">
        {kind === "reading" && quarterInWords(state.progress)}
      </p>
      {kind === "reading" && (
        <div className="space-y-2">
          <div className="flex items-center justify-between gap-4">
            <p className="text-sm tabular-nums">{progressInWords(state.progress)}</p>
            <Button ref={cancel} size="small" onClick={onCancel}>
              Cancel export
            </Button>
          </div>
          <progress
            aria-label="Export"
            className="h-2 w-full accent-accent"
            value={Math.min(state.progress.done, state.progress.total)}
            max={Math.max(1, state.progress.total)}
          />
        </div>
      )}
      <div ref={end} tabIndex={-1} className="outline-none">
        {kind === "saved" && (
          <Callout announce title="The file is saved.">
            <p>
              It holds {answersInWords(state.progress.done, state.answers)} and is called{" "}
              <span className="break-all">{state.name}</span>.
            </p>
          </Callout>
        )}
        {kind === "cancelled" && <Callout announce title="Cancelled. Nothing was saved." />}
        {kind === "failed" && (
          <Callout announce tone="harm" title="The export did not finish.">
            <p>{state.because}</p>
          </Callout>
        )}
      </div>
    </>
  );
}
