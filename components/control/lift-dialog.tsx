"use client";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { ControlView } from "#lib/services/controls/schema.ts";

type LiftDialogProps = {
  control: ControlView;
  open: boolean;
  onCancel: () => void;
  onLift: (reason: string) => void;
};

/** Lifting makes things riskier, so it names what will happen and asks why. */
export function LiftDialog({ control, open, onCancel, onLift }: LiftDialogProps) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const who = control.byAutomation ? `${control.placedBy} (automation)` : control.placedBy;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onCancel()}
      initialFocus={field}
      title={`Lift “${control.sentence}”?`}
      description={`${who} placed this${control.reason ? `: ${control.reason}` : " without giving a reason"}.`}
    >
      <form
        className="space-y-4 px-5 py-5 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim().length < 3) setMissing(true);
          else onLift(reason.trim());
        }}
      >
        <p>Customers get AI again here within a second. What any other restriction takes away stays away.</p>
        <Field
          ref={field}
          label="Why is it safe now?"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          error={missing && reason.trim().length < 3 ? "Say in a few words why." : null}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onCancel}>Keep the restriction</Button>
          <Button type="submit" tone="primary">
            Lift the restriction
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
