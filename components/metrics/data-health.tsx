"use client";
import { CircleHelp, DatabaseZap, WifiOff } from "lucide-react";
import { Moment } from "#components/ui/moment.tsx";
import { wallTime } from "#components/ui/relative-time.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { DataHealth as Health } from "#lib/services/metrics/schema.ts";
import { healthSentences } from "./health-words.ts";

/** Servers that end without a word stay silent until somebody dismisses them, which can be many. */
const SHOWN = 3;

type DataHealthProps = { health: Health; updatedAt: number; trouble: boolean };

/** Whether the figures can be believed: how fresh, how whole, and which servers fell silent. */
export function DataHealth({ health, updatedAt, trouble }: DataHealthProps) {
  return (
    <section aria-label="What the figures rest on" className="space-y-2 text-sm">
      <p className="tabular flex flex-wrap items-start gap-x-2 gap-y-1 text-muted">
        <DatabaseZap aria-hidden size={16} className="mt-0.5 shrink-0" />
        <span>
          {health.lastReportedAt === null ? (
            "No server has reported in the last 60 days."
          ) : (
            <>
              Last reported <Moment at={new Date(health.lastReportedAt).toISOString()} />.
            </>
          )}
        </span>
        {healthSentences(health).map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </p>
      <Silent servers={health.silent.slice(0, SHOWN)} />
      {health.silent.length > SHOWN && (
        <details>
          <summary className="cursor-pointer text-unknown">
            Further silent servers: {health.silent.length - SHOWN}
          </summary>
          <div className="mt-2 space-y-2">
            <Silent servers={health.silent.slice(SHOWN)} />
          </div>
        </details>
      )}
      <FiguresFrom updatedAt={updatedAt} trouble={trouble} />
    </section>
  );
}

function Silent({ servers }: { servers: Health["silent"] }) {
  return servers.map(({ name, since, sentence }) => (
    <p
      key={`${name} ${since}`}
      className="flex items-start gap-2 rounded border border-dashed border-unknown-line bg-unknown-soft px-3 py-2 text-unknown"
    >
      <CircleHelp aria-hidden size={18} className="mt-0.5 shrink-0" />
      {sentence}
    </p>
  ));
}

/** Since when the figures stand. While they cannot be asked for, the last ones stay and say how old they are. */
function FiguresFrom({ updatedAt, trouble }: { updatedAt: number; trouble: boolean }) {
  const hydrated = useHydrated();
  if (!hydrated || !trouble) return null;
  return (
    <p role="alert" className="flex items-start gap-2 font-medium">
      <WifiOff aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        Figures from <time className="tabular">{wallTime(updatedAt)}</time>; trying again.
      </span>
    </p>
  );
}
