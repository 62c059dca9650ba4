"use client";
import { ArrowLeft } from "lucide-react";
import { useRef } from "react";
import { useProof } from "#components/live/live.tsx";
import { useKeptVerdicts } from "#components/metrics/use-verdicts.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ActProgress } from "./act-progress.tsx";
import { useActs } from "./acts.tsx";
import { ChooseStop } from "./choose-stop.tsx";
import { titleOf } from "./dialog-title.ts";
import type { EmergencyView } from "./emergency-view.ts";
import { KeptOffer } from "./kept-offer.tsx";
import { useSwitches } from "./switches.ts";

type EmergencyDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  view: EmergencyView;
  onView: (view: EmergencyView) => void;
  /** The feature whose page is open: its stops come first. */
  feature: string | null;
  environmentName: string;
};

export function EmergencyDialog({ open, onOpenChange, view, onView, feature, environmentName }: EmergencyDialogProps) {
  const { actOn } = useActs();
  const switches = useSwitches(null);
  const kept = useKeptVerdicts();
  const mayOnlyLook = switches.data?.every((each) => !each.place.allowed) ?? false;
  const search = useRef<HTMLInputElement>(null);
  const act = view.name === "act" ? actOn(view.switchKey) : undefined;
  const outcome = open && act?.phase.name === "done" ? act.phase.outcome : undefined;
  const proof = useProof(outcome?.control.id ?? null) ?? outcome?.proof;
  const showAct = (switchKey: string) => onView({ name: "act", switchKey, afterSignIn: false });
  const choose = () => onView({ name: "choose", typed: "" });
  return (
    <Dialog
      shape="sheet"
      open={open}
      onOpenChange={onOpenChange}
      initialFocus={view.name === "choose" ? search : undefined}
      title={titleOf(view, act, proof)}
      description={
        view.name === "choose" && !mayOnlyLook
          ? `One click stops it in ${environmentName}, at once. You can take it back for 15 minutes.`
          : `In ${environmentName}`
      }
      footer={
        view.name === "act" && (
          <div className="flex justify-between gap-2">
            <Button tone="quiet" onClick={choose}>
              <ArrowLeft aria-hidden size={16} />
              Stop something else
            </Button>
            <Button onClick={() => onOpenChange(false)}>Close</Button>
          </div>
        )
      }
    >
      {view.name === "kept" && <KeptOffer stop={view.stop} onAct={showAct} onLeave={() => onOpenChange(false)} />}
      {view.name === "choose" && (
        <ChooseStop
          key={view.typed}
          query={switches}
          kept={kept}
          typed={view.typed}
          feature={feature}
          search={search}
          onAct={showAct}
        />
      )}
      {view.name === "act" && (
        <div className="px-5 py-5 sm:px-6">
          {view.afterSignIn && (
            <p className="mb-4 rounded border bg-sunken px-4 py-3">
              You are signed in again, and the stop you had clicked was carried out.
            </p>
          )}
          {act ? <ActProgress act={act} roomy /> : <p>Nothing was changed.</p>}
        </div>
      )}
    </Dialog>
  );
}
