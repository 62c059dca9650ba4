"use client";
import { CircleCheck, LoaderCircle, OctagonX } from "lucide-react";
import { isStop } from "#components/control/layers.ts";
import { Sees } from "#components/control/sees.tsx";
import { useProof } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ControlView } from "#lib/services/controls/schema.ts";
import { type Act, lifting, mayUndo, places, placing } from "./act.ts";
import { ActTrouble } from "./act-trouble.tsx";
import { useActs } from "./acts.tsx";
import type { Outcome } from "./doors.ts";
import { ProofLine } from "./proof-line.tsx";
import { headline } from "./proof-words.ts";
import { ReasonForm } from "./reason-form.tsx";

/** What a click has done so far, with proof, the reason and the way back. `roomy`: in the dialog, where it is all there is to see. */
export function ActProgress({ act, roomy, className }: { act: Act; roomy?: boolean; className?: string }) {
  const { phase } = act;
  return (
    <div className={cn(!roomy && "rounded border bg-surface p-4", className)}>
      {phase.name === "done" ? (
        <Done act={act} outcome={phase.outcome} roomy={roomy} />
      ) : phase.name === "sending" ? (
        <Heading act={act} text={headline(places(act), act.layer, undefined)} settled={false} roomy={roomy} />
      ) : (
        <ActTrouble act={act} phase={phase} />
      )}
    </div>
  );
}

function Heading(props: { act: Act; text: string; settled: boolean; roomy?: boolean }) {
  const { act, text, settled, roomy } = props;
  const Icon = !settled ? LoaderCircle : places(act) && isStop(act.layer) ? OctagonX : CircleCheck;
  const colour = !places(act) ? "text-serving" : isStop(act.layer) ? "text-stopped" : "text-limited";
  return (
    <div className="flex items-start gap-3">
      <Icon aria-hidden size={roomy ? 32 : 20} className={cn("shrink-0", colour, !settled && "animate-spin")} />
      <div className="min-w-0">
        <p className={cn("font-semibold", roomy && "text-lg")}>{text}</p>
        {roomy && <p>{act.sentence}</p>}
      </div>
    </div>
  );
}

function Done({ act, outcome, roomy }: { act: Act; outcome: Outcome; roomy?: boolean }) {
  const { control } = outcome;
  const proof = useProof(control.id) ?? outcome.proof;
  const settled = proof.state !== "pending";
  return (
    <div className={roomy ? "space-y-5" : "space-y-3"}>
      <Heading act={act} text={headline(places(act), act.layer, proof)} settled={settled} roomy={roomy} />
      <div className={cn("space-y-2", roomy && "min-h-16 rounded border bg-sunken p-4")}>
        <div className="h-2 overflow-hidden rounded-full bg-line" aria-hidden>
          <div
            className={cn("h-full transition-[width] duration-150", settled ? "bg-ink" : "bg-edge")}
            style={{ width: `${proof.of === 0 ? 100 : (proof.confirmed / proof.of) * 100}%` }}
          />
        </div>
        <ProofLine proof={proof} announce />
      </div>
      {places(act) ? (
        <>
          {roomy && <Sees sees={control.sees} className="block" />}
          {control.reason === null && <ReasonForm control={control} />}
          <Undo act={act} control={control} />
        </>
      ) : (
        <PutBack act={act} />
      )}
    </div>
  );
}

function Undo({ act, control }: { act: Act; control: ControlView }) {
  const now = useNow();
  const { start } = useActs();
  const { environment } = act.errand.body;
  if (!mayUndo(control, now)) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={() => start(lifting(act, control, environment, crypto.randomUUID(), { undo: true }))}>
        Undo
      </Button>
      <p className="text-sm text-muted">You can take this back yourself for 15 minutes.</p>
    </div>
  );
}

function PutBack({ act }: { act: Act }) {
  const { start } = useActs();
  const { again } = act;
  if (!again) return <Callout title="Customers get AI here again." />;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={() => start(placing(act, again, act.errand.body.environment, crypto.randomUUID(), null))}>
        Put it back
      </Button>
      <p className="text-sm text-muted">What this restriction took away is allowed again.</p>
    </div>
  );
}
