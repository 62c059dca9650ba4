"use client";
import { MessageSquareText } from "lucide-react";
import { ReasonForm } from "#components/emergency/reason-form.tsx";
import { useLive } from "#components/live/live.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { withoutReason } from "./waiting.ts";

/** What waits for me: the reasons I have not given yet. */
export function ReasonInbox() {
  const { features } = useLive();
  const waiting = withoutReason(features);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="mb-2 flex items-center gap-2 text-lg font-semibold">
        <MessageSquareText aria-hidden size={20} className="text-muted" />
        Waiting for you
      </h2>
      <ul className="overflow-hidden rounded border bg-surface">
        {waiting.map((control) => (
          <li key={control.id} className="grid gap-3 border-t px-5 py-4 first:border-t-0 lg:grid-cols-2 lg:items-end">
            <div>
              <p className="font-medium">{control.sentence}</p>
              <p className="text-sm text-muted">
                You placed this <Moment at={control.placedAt} /> and have not said why.
              </p>
            </div>
            <ReasonForm control={control} />
          </li>
        ))}
      </ul>
    </section>
  );
}
