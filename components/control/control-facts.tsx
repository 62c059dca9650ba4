"use client";
import { Clock3, Gauge, MessageSquareText, UserRound } from "lucide-react";
import { mayUndo } from "#components/emergency/act.ts";
import { ProofLine } from "#components/emergency/proof-line.tsx";
import { ReasonForm } from "#components/emergency/reason-form.tsx";
import { useProof } from "#components/live/live.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { timeLeft } from "#components/ui/relative-time.ts";
import type { ControlView } from "#lib/services/controls/schema.ts";
import type { ControlEffect } from "#lib/services/metrics/schema.ts";
import { effectSentence } from "./effect-words.ts";

type ControlFactsProps = {
  control: ControlView;
  effect?: ControlEffect;
  announceProof?: boolean;
  hideProof?: boolean;
};

/** Who placed a control, when, why, until when, what it did, and how it could be lifted. */
export function ControlFacts({ control, effect, announceProof, hideProof }: ControlFactsProps) {
  const now = useNow();
  const proof = useProof(control.id);
  return (
    <div className="space-y-2 px-4 pb-3 text-sm sm:px-5">
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-muted">
        <li className="flex items-center gap-1.5">
          <UserRound aria-hidden size={16} />
          <span>
            {control.byMe ? "You" : control.placedBy}, <Moment at={control.placedAt} />
          </span>
        </li>
        <li className="flex items-center gap-1.5">
          <Clock3 aria-hidden size={16} />
          <span>
            {control.expiresAt ? (
              <>
                Ends by itself <Moment at={control.expiresAt} />
              </>
            ) : (
              "Until somebody lifts it"
            )}
          </span>
        </li>
        <li className="flex items-start gap-1.5">
          <MessageSquareText aria-hidden size={16} className="mt-0.5 shrink-0" />
          <span>{control.reason ?? "No reason given yet"}</span>
        </li>
        {effect && (
          <li className="tabular flex items-start gap-1.5">
            <Gauge aria-hidden size={16} className="mt-0.5 shrink-0" />
            <span>{effectSentence(effect)}</span>
          </li>
        )}
      </ul>
      {!hideProof && proof && <ProofLine proof={proof} announce={announceProof} />}
      {control.byMe && control.reason === null && !hideProof && <ReasonForm control={control} />}
      {!hideProof && <p className="text-muted">{liftSentence(control, now)}</p>}
    </div>
  );
}

/** The same in few words, where there is no room for more. */
export function ActiveWords({ control }: { control: ControlView }) {
  const now = useNow();
  return (
    <>
      On since <Moment at={control.placedAt} />, by {control.byMe ? "you" : control.placedBy}.{" "}
      {liftSentence(control, now)}
    </>
  );
}

function liftSentence(control: ControlView, now: number): string {
  if (control.undoUntil && mayUndo(control, now)) {
    return `You can take this back yourself for another ${timeLeft(control.undoUntil, now)}.`;
  }
  if (control.lift.allowed) return "You may lift this. A reason is asked for.";
  return control.lift.because;
}
