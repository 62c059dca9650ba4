"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Field } from "#components/ui/field.tsx";
import { changeRetentionAction } from "#lib/services/organisation/actions.ts";
import { retentionConsequence } from "#lib/services/organisation/present.ts";
import type { OrganisationView } from "#lib/services/organisation/schema.ts";

type RetentionFormProps = { organisation: OrganisationView; limits: { least: number; most: number } };

/** For how long raw events are kept. What a change deletes is said before the click. */
export function RetentionForm({ organisation, limits }: RetentionFormProps) {
  const { mayChange, keepRawDays } = organisation;
  return (
    <section aria-labelledby="retention" className="rounded border bg-surface p-5">
      <h2 id="retention" className="text-lg font-semibold">
        How long raw events are kept
      </h2>
      <p className="mt-1 max-w-[65ch] text-muted">
        A raw event is one decision or what became of it, without what was asked and answered. They show who was
        affected and what a figure rests on. Figures and charts are kept longer and do not need them, but what is heard
        of an answer when its event is gone, such as a late audit, counts in none.
      </p>
      <p className="mt-2 max-w-[65ch] text-muted">
        Samples hold what was asked and answered, as your product redacted it. Only a product that redacts sends any.
        They are kept for as long as raw events, and deleted with them.
      </p>
      <p className="mt-3 text-lg font-medium">Raw events are kept for {keepRawDays} days.</p>
      {mayChange.allowed ? (
        <ChangeRetention key={keepRawDays} organisation={organisation} limits={limits} />
      ) : (
        <p className="mt-2 text-sm text-muted">{mayChange.because}</p>
      )}
    </section>
  );
}

function ChangeRetention({ organisation, limits }: RetentionFormProps) {
  const { keepRawDays } = organisation;
  const { environment } = useLive();
  const router = useRouter();
  const now = useNow();
  const [typed, setTyped] = useState(String(keepRawDays));
  const [failed, setFailed] = useState<string | null>(null);
  const [saving, startSaving] = useTransition();
  const days = Number(typed);
  const usable = Number.isInteger(days) && days >= limits.least && days <= limits.most;
  const consequence = usable ? retentionConsequence(keepRawDays, days, now) : null;

  function save() {
    if (saving || consequence === null) return;
    startSaving(async () => {
      const result = await changeRetentionAction({ environment, was: keepRawDays, keepRawDays: days });
      setFailed(
        result?.serverError?.message ?? (result?.data ? null : "This could not be saved. Nothing was changed."),
      );
      router.refresh();
    });
  }
  return (
    <form
      className="mt-4 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label="Days to keep"
        hint={`From ${limits.least}, because late events may come for a week, to ${limits.most}.`}
        type="number"
        inputMode="numeric"
        min={limits.least}
        max={limits.most}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={usable ? null : `Give a whole number from ${limits.least} to ${limits.most}.`}
        className="max-w-sm"
      />
      <div aria-live="polite">
        {consequence && (
          <Callout title={days < keepRawDays ? "What will be deleted" : "What will happen"}>
            <p>{consequence}</p>
          </Callout>
        )}
      </div>
      {failed && (
        <Callout announce tone="harm" title="This was not saved.">
          <p>{failed} What you typed is still here.</p>
        </Callout>
      )}
      <Button type="submit" tone="primary" aria-disabled={saving || consequence === null || undefined}>
        {saving ? "Saving…" : buttonWords(keepRawDays, usable ? days : keepRawDays)}
      </Button>
    </form>
  );
}

function buttonWords(from: number, to: number): string {
  if (to === from) return "Change how long they are kept";
  return to < from ? `Keep ${to} days and delete what is older` : `Keep them for ${to} days`;
}
