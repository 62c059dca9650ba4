"use client";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { ReasonForm } from "#components/emergency/reason-form.tsx";
import { useLive } from "#components/live/live.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ControlView } from "#lib/services/controls/schema.ts";
import { useOwed } from "./use-owed.ts";
import { waitingReasons } from "./waiting.ts";

const SHOWN = 5;

/** What waits for me: the reasons I have not given yet. */
export function ReasonInbox({ owed: initial }: { owed: ControlView[] }) {
  const { features } = useLive();
  const owed = useOwed(initial);
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set());
  const waiting = waitingReasons(owed, features, given);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="mb-2 flex h-9 items-center gap-2 text-lg font-semibold">
        <Inbox aria-hidden size={20} className="text-muted" />
        Waiting for you
      </h2>
      {waiting.length === 0 && (
        <p className="text-sm text-muted">Nothing. Every restriction you placed has its reason.</p>
      )}
      <ul className="overflow-hidden rounded border bg-surface empty:hidden">
        {waiting.slice(0, SHOWN).map((control) => (
          <li key={control.id} className="space-y-3 border-t p-4 first:border-t-0">
            <div>
              <p className="font-medium">{control.sentence}</p>
              <p className="text-sm text-muted">
                You placed this <Moment at={control.placedAt} /> and have not said why.
                {control.liftedAt && " It has been lifted since."}
              </p>
            </div>
            <ReasonForm control={control} onSaved={() => setGiven((all) => new Set(all).add(control.id))} />
          </li>
        ))}
      </ul>
      {waiting.length > SHOWN && (
        <p className="mt-2 text-sm text-muted">And {waiting.length - SHOWN} older ones, shown as you go.</p>
      )}
    </section>
  );
}
