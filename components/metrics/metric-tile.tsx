"use client";
import { SmallMultiple } from "#components/charts/small-multiple.tsx";
import { cn } from "#components/ui/cn.ts";
import type { MetricsView, Panel } from "#lib/services/metrics/schema.ts";
import { STANDING } from "./standing.ts";
import { basisWords, figureWords, findingTitle, intervalWords, stretchWords, sureWords } from "./words.ts";

type MetricTileProps = {
  panel: Panel;
  period: Pick<MetricsView, "from" | "to" | "markers">;
  open: boolean;
  onOpen: (key: string) => void;
  className?: string;
};

/** One metric at a glance: what was found, the figure, its line, how sure, of whom and against what. A click opens it. */
export function MetricTile({ panel, period, open, onOpen, className }: MetricTileProps) {
  const look = STANDING[panel.standing];
  const told = panel.value !== null && panel.standing !== "no-data";
  return (
    <article
      className={cn(
        "relative flex flex-col gap-2 rounded border bg-surface p-4 hover:border-edge has-[button:focus-visible]:outline-3 has-[button:focus-visible]:outline-offset-2 has-[button:focus-visible]:outline-accent",
        panel.standing === "worse" && "border-stopped-line",
        !told && "border-dashed border-unknown-line bg-unknown-soft",
        open && "border-accent",
        className,
      )}
    >
      <h3 className="font-semibold">
        <button
          type="button"
          id={`tile-${panel.key}`}
          aria-expanded={open}
          onClick={() => onOpen(panel.key)}
          className="flex w-full items-start gap-2 text-left outline-none after:absolute after:inset-0 after:content-['']"
        >
          <look.icon aria-hidden size={18} className={cn("mt-0.5 shrink-0", look.text)} />
          <span className="min-w-0 flex-1">
            <span className="sr-only">{look.word}: </span>
            {findingTitle(panel)}
          </span>
        </button>
      </h3>
      {told && (
        <p className="tabular flex flex-wrap items-baseline gap-x-2">
          <span className="text-lg font-semibold">{figureWords(panel)}</span>
          <span className="text-sm text-muted">
            {[stretchWords(panel), intervalWords(panel)].filter(Boolean).join(", ")}
          </span>
        </p>
      )}
      <SmallMultiple panel={panel} period={period} />
      <p className="tabular mt-auto text-sm">{sureWords(panel)}</p>
      <p className="tabular text-sm text-muted">{basisWords(panel)}</p>
    </article>
  );
}
