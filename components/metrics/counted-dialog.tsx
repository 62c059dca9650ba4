"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count, figure } from "#components/charts/figure.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { CountedView, MetricsQuery } from "#lib/services/metrics/schema.ts";
import { healthSentences } from "./health-words.ts";
import { stretchWords } from "./words.ts";

type CountedDialogProps = { query: MetricsQuery; metric: string; name: string; onClose: () => void };

async function ask(query: MetricsQuery, metric: string, signal: AbortSignal): Promise<CountedView> {
  const response = await fetch(`/api/console/metrics/counted?${new URLSearchParams({ ...query, metric })}`, {
    signal,
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`counted answered ${response.status}`);
  return response.json();
}

/** Where a figure comes from: its formula, what was counted, how whole that is, and the last events themselves. */
export function CountedDialog({ query, metric, name, onClose }: CountedDialogProps) {
  const { data, isError } = useQuery({
    queryKey: ["counted", ...Object.values(query), metric],
    queryFn: ({ signal }) => ask(query, metric, signal),
    refetchInterval: 5_000,
    retry: false,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`How ${name.toLowerCase()} is counted`}
      shape="sheet"
    >
      <div className="space-y-5 px-5 py-5 sm:px-6">
        {data ? (
          <Counted counted={data} />
        ) : (
          !isError && <div aria-hidden className="appear-late h-64 rounded bg-sunken" />
        )}
        {isError && (
          <Callout announce tone="harm" title="How it is counted could not be read just now.">
            <p>{data ? "What is shown is from a moment ago. " : ""}It is asked for again by itself.</p>
          </Callout>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function Counted({ counted }: { counted: CountedView }) {
  const { reading, formula, numerator, denominator, health, lastEvents } = counted;
  return (
    <>
      <div className="space-y-2">
        <p>{reading.counting}</p>
        <p className="rounded border bg-sunken px-4 py-3 font-medium">{formula}</p>
      </div>
      <dl className="tabular grid gap-x-6 gap-y-2 sm:grid-cols-[12rem_1fr]">
        <Fact title="The figure">
          {reading.value === null
            ? "None yet"
            : [figure(reading.value, reading.unit), stretchWords(reading)].filter(Boolean).join(" ")}
        </Fact>
        {numerator !== null && <Fact title="Counted above the line">{plain(numerator)}</Fact>}
        {denominator !== null && <Fact title="Divided by">{plain(denominator)}</Fact>}
        <Fact title="People who took part">
          {reading.users === null
            ? "Not known for this part of the traffic and this length of time"
            : count(reading.users)}
        </Fact>
        <Fact title="Last reported">
          {health.lastReportedAt === null ? (
            "Not in the last 60 days"
          ) : (
            <Moment at={new Date(health.lastReportedAt).toISOString()} />
          )}
        </Fact>
      </dl>
      <p className="text-sm text-muted">{healthSentences(health).join(" ")}</p>
      {health.silent.map((server) => (
        <p key={server.sentence} className="text-sm text-unknown">
          {server.sentence}
        </p>
      ))}
      <section aria-labelledby="last-events">
        <h3 id="last-events" className="font-semibold">
          The last events behind it
        </h3>
        <p className="text-sm text-muted">Pseudonyms and figures only: not a word of what was said is shown.</p>
        <LastEvents events={lastEvents} />
      </section>
    </>
  );
}

function LastEvents({ events }: { events: CountedView["lastEvents"] }) {
  if (events === null || events.length === 0)
    return (
      <p className="mt-2 rounded border border-dashed border-unknown-line bg-unknown-soft px-4 py-3 text-sm">
        {events === null
          ? "The events could not be read in time. The figure above does not depend on that; they are asked for again by themselves."
          : "No event of this is kept from this period."}
      </p>
    );
  return (
    <ol className="mt-2 overflow-hidden rounded border text-sm">
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in every word
        <li key={index} className="grid gap-x-4 border-t px-4 py-2 first:border-t-0 sm:grid-cols-[8rem_1fr]">
          <span className="text-muted">
            <Moment at={new Date(event.at).toISOString()} />
          </span>
          <span className="min-w-0">
            {[event.what, event.detail, event.scenario].filter(Boolean).join(", ")}
            {event.person && <span className="block font-mono text-sm break-all text-muted">{event.person}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-muted sm:pt-0.5">{title}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

function plain(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 2 });
}
