"use client";
import { ChartLine, Table2, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { keepPlace } from "#components/ui/keep-place.ts";
import { lazily } from "#components/ui/lazily.tsx";
import type { MetricsView, Panel } from "#lib/services/metrics/schema.ts";
import { useOpened } from "./address.ts";
import { STANDING } from "./standing.ts";

/** Loaded when a metric is opened: nobody waits for it to read the page. The chart keeps its own room, so that nothing jumps when it comes. */
const LargeChart = lazily(
  () => import("./large-chart.tsx").then((module) => module.LargeChart),
  <div aria-hidden className="appear-late h-128 rounded bg-sunken" />,
);
const CountedDialog = lazily(() => import("./counted-dialog.tsx").then((module) => module.CountedDialog));

type OpenedMetricProps = { view: MetricsView; panel: Panel; onClose: () => void };

/** One metric large, where it was clicked: the finding, its line with what was changed when, as a table too, and how it is counted. */
export function OpenedMetric({ view, panel, onClose }: OpenedMetricProps) {
  const [{ view: as }, setOpened] = useOpened();
  const [counting, setCounting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const look = STANDING[panel.standing];
  useEffect(() => heading.current?.focus(), []);
  const shownAs = (next: "chart" | "table", label: string, icon: ReactNode) => (
    <Button
      size="small"
      aria-pressed={as === next}
      onClick={() => void setOpened({ view: next }, { history: "replace" })}
      className="aria-pressed:border-accent aria-pressed:text-accent"
    >
      {icon}
      {label}
    </Button>
  );
  return (
    <section
      aria-labelledby="opened-metric"
      className="scroll-mt-28 rounded border-2 border-accent bg-surface p-4 sm:p-5"
    >
      <header className="flex items-start gap-3">
        <look.icon aria-hidden size={22} className={cn("mt-1 shrink-0", look.text)} />
        <div className="min-w-0 flex-1">
          <h3
            ref={heading}
            id="opened-metric"
            tabIndex={-1}
            className="scroll-mt-32 text-lg font-semibold text-balance outline-none"
          >
            {panel.says || panel.name}
          </h3>
          <p className="text-sm text-muted">{panel.sentence}</p>
        </div>
        <Button tone="quiet" size="icon" aria-label={`Close ${panel.name}`} onClick={onClose} className="-mt-1 -mr-2">
          <X aria-hidden size={20} />
        </Button>
      </header>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {shownAs("chart", "Chart", <ChartLine aria-hidden size={16} />)}
        {shownAs("table", "Table", <Table2 aria-hidden size={16} />)}
        <Button size="small" onClick={() => setCounting(true)}>
          How this is counted
        </Button>
      </div>
      <div ref={keepPlace} className="mt-4 min-w-0">
        <LargeChart view={view} panel={panel} as={as} />
      </div>
      {counting && (
        <CountedDialog query={view.query} metric={panel.key} name={panel.name} onClose={() => setCounting(false)} />
      )}
    </section>
  );
}
