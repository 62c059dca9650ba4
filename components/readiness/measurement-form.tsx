"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { changeMeasurementAction } from "#lib/services/measurement/actions.ts";
import type { MeasurementView } from "#lib/services/measurement/schema.ts";
import { FIELD_WORDS, troubleWith } from "./draft.ts";
import { FormNews } from "./form-news.tsx";
import { IncidentClasses } from "./incident-classes.tsx";
import { type MetricChoice, MetricsChoice } from "./metrics-choice.tsx";
import { TrustFailure } from "./trust-failure.tsx";
import { useDraft } from "./use-draft.ts";
import { Weights } from "./weights.tsx";

type MeasurementFormProps = { view: MeasurementView; choices: MetricChoice[] };

/** How a feature is measured and what was agreed before its launch; one Save for all of it. */
export function MeasurementForm({ view, choices }: MeasurementFormProps) {
  const { environment } = useLive();
  const router = useRouter();
  const form = useDraft(view, FIELD_WORDS);
  const { draft, change } = form;
  const [failed, setFailed] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [saving, startSaving] = useTransition();
  const trouble = troubleWith(draft);
  const locked = !view.mayChange.allowed;

  function save() {
    setTried(true);
    if (saving || trouble || !form.dirty) return;
    startSaving(async () => {
      const result = await changeMeasurementAction({ environment, feature: view.feature.key, ...draft });
      if (result?.data) {
        form.saved(draft, result.data.version);
        setTried(false);
      }
      const refused = result?.serverError;
      // Of a conflict the page reads what is stored now, and says itself who changed what.
      setFailed(refused?.code === "conflict" || result?.data ? null : (refused?.message ?? "Nothing was changed."));
      router.refresh();
    });
  }
  return (
    <form
      aria-labelledby="measured"
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <header>
        <h2 id="measured" className="text-lg font-semibold">
          How {view.feature.name} is measured
        </h2>
        <p className="text-sm text-muted">
          The same in every environment.{" "}
          {view.changed ? (
            <>
              Last changed by {view.changed.who}, <Moment at={view.changed.at} />.
            </>
          ) : (
            "Nobody has set this yet."
          )}
        </p>
        {!view.mayChange.allowed && <p className="mt-2 rounded border bg-sunken px-4 py-3">{view.mayChange.because}</p>}
      </header>
      <fieldset disabled={locked} className="space-y-6">
        <legend className="sr-only">How it is measured</legend>
        <MetricsChoice choices={choices} chosen={draft.metrics} onChange={(metrics) => change({ metrics })} />
        <Weights weights={draft.weights} onChange={(weights) => change({ weights })} />
        <TrustFailure
          text={draft.trustFailure}
          agreed={draft.fallbackAgreed}
          onText={(trustFailure) => change({ trustFailure })}
          onAgreed={(fallbackAgreed) => change({ fallbackAgreed })}
        />
        <IncidentClasses
          classes={draft.incidentClasses}
          tried={tried}
          onChange={(incidentClasses) => change({ incidentClasses })}
        />
      </fieldset>
      <FormNews meanwhile={form.meanwhile} restored={form.restored} />
      {failed && (
        <Callout announce tone="harm" title="This was not saved.">
          <p>{failed} What you typed is still here.</p>
        </Callout>
      )}
      {!locked && (
        <div className="sticky bottom-20 z-10 flex flex-wrap items-center gap-3 rounded border bg-surface px-4 py-3 sm:bottom-4">
          <Button type="submit" tone="primary" aria-disabled={saving || !form.dirty || undefined}>
            {saving ? "Saving…" : "Save how it is measured"}
          </Button>
          {form.dirty && <Button onClick={form.discard}>Discard my changes</Button>}
          <p role="status" className="min-w-0 text-sm text-muted">
            {tried && trouble ? trouble : form.dirty ? "Not saved yet." : "Everything is saved."}
          </p>
        </div>
      )}
    </form>
  );
}
