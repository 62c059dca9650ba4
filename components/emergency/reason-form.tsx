"use client";
import { useId, useState } from "react";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ControlView } from "#lib/services/controls/schema.ts";
import { knock } from "./doors.ts";

type ReasonFormProps = { control: Pick<ControlView, "id" | "sentence">; onSaved?: (reason: string) => void };

/** Asks why, after it took effect. Unanswered, it waits in the inbox. */
export function ReasonForm({ control, onSaved }: ReasonFormProps) {
  const id = useId();
  const { environment, refresh } = useLive();
  const [reason, setReason] = useState("");
  const [state, setState] = useState<{ name: "idle" | "saving" | "saved" } | { name: "failed"; why: string }>({
    name: "idle",
  });

  async function save() {
    const text = reason.trim();
    if (text.length < 3) return setState({ name: "failed", why: "Say in a few words why." });
    setState({ name: "saving" });
    const reply = await knock({ door: "reason", body: { environment, id: control.id, reason: text } });
    if (reply.kind === "done") {
      setState({ name: "saved" });
      onSaved?.(text);
      return refresh();
    }
    const why = reply.kind === "signed-out" ? "You are signed out. Sign in again to save it." : reply.detail;
    setState({ name: "failed", why: `${why} What you wrote is still here.` });
  }

  if (state.name === "saved") {
    return (
      <p className="text-sm">
        Reason kept: <q className="italic">{reason.trim()}</q>
      </p>
    );
  }
  return (
    <form
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        Why? <span className="font-normal text-muted">It can wait; whoever comes next will read it.</span>
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={state.name === "failed" || undefined}
          aria-describedby={state.name === "failed" ? `${id}-error` : undefined}
          placeholder="For example: it promised refunds we do not give"
          className="h-10 min-w-52 flex-1 rounded border border-edge bg-surface px-3 text-base placeholder:text-muted sm:text-sm"
        />
        <Button type="submit" aria-disabled={state.name === "saving" || undefined}>
          Save reason
        </Button>
      </div>
      {state.name === "failed" && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm text-stopped">
          {state.why}
        </p>
      )}
    </form>
  );
}
