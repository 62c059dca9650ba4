"use client";
import { useId, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { WhichAnswers } from "#lib/core/events/harm.ts";
import type { EvidenceFormat } from "#lib/services/evidence/schema.ts";
import { CardChoice } from "./card-choice.tsx";
import { ANSWERS, FORMATS } from "./export-choices.ts";
import { ExportOutcome } from "./export-outcome.tsx";
import type { ExportProps } from "./export-props.ts";
import { clockChangeInWords, endsOf, typedFrom, typedTo, zoneInWords } from "./local-times.ts";
import { SizeLine } from "./size-line.tsx";
import { useExport } from "./use-export.ts";
import { useSize } from "./use-size.ts";

type DialogProps = ExportProps & { open: boolean; onOpenChange: (open: boolean) => void };

/** Times, which answers, format, how much it will be; then progress. Closing it while it reads lets it read on; what was chosen stays. */
export function ExportDialog({ environment, feature, open, onOpenChange, ...span }: DialogProps) {
  const [now] = useState(() => Date.now());
  const [ends, setEnds] = useState(() => endsOf(span, now));
  const [answers, setAnswers] = useState<WhichAnswers>("harmed");
  const [format, setFormat] = useState<EvidenceFormat>("csv");
  const { state, start, cancel } = useExport();
  const first = useRef<HTMLInputElement>(null);
  const form = useId();
  // What was chosen stays after a failure; otherwise each opening begins with what is on the screen now.
  const [wasOpen, setWasOpen] = useState(open);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open && state.kind !== "reading" && state.kind !== "failed") setEnds(endsOf(span, Date.now()));
  }
  const reading = state.kind === "reading";

  const [from, to] = [ends.from.at, ends.to.at];
  const ordered = from !== null && to !== null && from < to;
  const asked = useMemo(
    () => (from !== null && to !== null && from < to ? { environment, feature, answers, from, to } : null),
    [environment, feature, answers, from, to],
  );
  const { size, because, asking } = useSize(open ? asked : null);
  const ready = asked !== null && size !== null && size.decisions > 0 && !reading;

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      initialFocus={first}
      title="Export who was affected"
      description="Answers given between two times, each with the customer’s pseudonym, the controls that acted and what became of it."
      footer={
        <div className="space-y-3">
          <ExportOutcome state={state} onCancel={cancel} />
          {!reading && (
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={() => onOpenChange(false)}>Close</Button>
              <Button type="submit" form={form} tone="primary" aria-disabled={!ready || undefined}>
                Export answers
              </Button>
            </div>
          )}
        </div>
      }
    >
      <form
        id={form}
        className="space-y-5 px-5 py-5 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void start({ ...asked, format }, size.decisions);
        }}
      >
        <fieldset disabled={reading} className="space-y-5">
          <div>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field
                ref={first}
                type="datetime-local"
                label="From"
                value={ends.from.field}
                onChange={(event) => setEnds({ ...ends, from: typedFrom(event.target.value) })}
              />
              <Field
                type="datetime-local"
                label="Until"
                value={ends.to.field}
                error={ordered ? null : "The end must lie after the start."}
                onChange={(event) => setEnds({ ...ends, to: typedTo(event.target.value) })}
              />
            </div>
            <p className="mt-1 text-sm text-muted">
              Times are in your zone, {zoneInWords(now)}. The file has them in UTC. {clockChangeInWords(ends)}
            </p>
          </div>
          <CardChoice legend="Which answers" name="answers" cards={ANSWERS} value={answers} onChange={setAnswers} />
          <SizeLine size={size} answers={answers} asking={asking && asked !== null} because={because} from={from} />
          <CardChoice legend="File" name="format" cards={FORMATS} value={format} onChange={setFormat} />
        </fieldset>
        <Callout title="Pseudonyms are personal data under most laws">
          <p>
            They are no names, but your product can tell who is behind them. To join the file to its records, engineers
            compare the column user_pseudonym with hashUser(userId) of the SDK. That you exported is in the audit log.
          </p>
        </Callout>
      </form>
    </Dialog>
  );
}
