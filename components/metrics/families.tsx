"use client";
import { type CSSProperties, Fragment, type ReactNode } from "react";
import { figure } from "#components/charts/figure.ts";
import { cn } from "#components/ui/cn.ts";
import type { MetricsView, Panel } from "#lib/services/metrics/schema.ts";
import { type FamilyColumn, familyColumns, otherPanels } from "./arrange.ts";
import { MetricTile } from "./metric-tile.tsx";
import { STANDING } from "./standing.ts";

type FamiliesProps = {
  view: MetricsView;
  opened: string | null;
  onOpen: (key: string) => void;
  /** The opened metric, drawn large; stands under its tile across all columns. */
  large: (panel: Panel) => ReactNode;
};

/** A place in the grid of three columns; on a phone everything stands in reading order and this means nothing. */
function at(column: number, row: number): CSSProperties & Record<"--column" | "--row", number> {
  return { "--column": column, "--row": row };
}
const placed = "lg:col-start-(--column) lg:row-start-(--row)";

/** Trust, harm and fallback side by side: one metric beside another in rows, the opened one under its row. */
export function DecidingFamilies({ view, opened, onOpen, large }: FamiliesProps) {
  const columns = familyColumns(view.panels, opened);
  const openRow = Math.max(...columns.map(({ shown }) => shown.findIndex((panel) => panel.key === opened)));
  // Below the opened metric everything stands one row further down.
  const rowOf = (row: number) => 2 + row + (openRow >= 0 && row > openRow ? 1 : 0);
  return (
    <div className="grid grid-cols-1 gap-x-4 gap-y-8 lg:grid-cols-3 lg:items-stretch lg:gap-y-4">
      {columns.map((column, index) => (
        <section
          key={column.family}
          aria-labelledby={`family-${column.family}`}
          className="min-w-0 max-lg:space-y-4 lg:contents"
        >
          <header className={placed} style={at(index + 1, 1)}>
            <h2 id={`family-${column.family}`} className="text-lg font-semibold">
              {column.title}
            </h2>
            <p className="text-sm text-muted">{column.asks}</p>
          </header>
          {column.shown.map((panel, row) => (
            <Fragment key={panel.key}>
              <div className={cn("flex flex-col", placed)} style={at(index + 1, rowOf(row))}>
                <MetricTile panel={panel} period={view} open={panel.key === opened} onOpen={onOpen} className="grow" />
              </div>
              {panel.key === opened && (
                <div className="lg:col-span-3 lg:row-start-(--row)" style={at(1, rowOf(row) + 1)}>
                  {large(panel)}
                </div>
              )}
            </Fragment>
          ))}
          <More
            column={column}
            onOpen={onOpen}
            className={cn("self-start", placed)}
            style={at(index + 1, rowOf(column.shown.length))}
          />
        </section>
      ))}
    </div>
  );
}

type MoreProps = { column: FamilyColumn; onOpen: (key: string) => void; className: string; style: CSSProperties };

/** What was not chosen and is not worse, one line each. */
function More({ column: { family, folded }, onOpen, className, style }: MoreProps) {
  if (folded.length === 0) return null;
  return (
    <details className={cn("rounded border bg-surface", className)} style={style}>
      <summary className="cursor-pointer px-4 py-3 text-sm font-medium">
        More: {folded.length} further {family} {folded.length === 1 ? "metric" : "metrics"}
      </summary>
      <ul>
        {folded.map((panel) => {
          const look = STANDING[panel.standing];
          return (
            <li key={panel.key} className="border-t">
              <button
                type="button"
                onClick={() => onOpen(panel.key)}
                className="flex w-full items-start gap-2 px-4 py-2 text-left text-sm hover:bg-sunken focus-visible:-outline-offset-3"
              >
                <look.icon aria-hidden size={16} className={cn("mt-0.5 shrink-0", look.text)} />
                <span className="min-w-0 flex-1">{panel.name}</span>
                <span className="tabular shrink-0 text-right text-muted">
                  {panel.value === null || panel.standing === "no-data"
                    ? look.word
                    : `${figure(panel.value, panel.unit)}, ${look.word.toLowerCase()}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Quality, operations and activity, below what decides. */
export function OtherFamilies({ view, opened, onOpen, large }: FamiliesProps) {
  return otherPanels(view.panels).map((group) => (
    <section key={group.family} aria-labelledby={`family-${group.family}`}>
      <h2 id={`family-${group.family}`} className="mb-3 text-lg font-semibold">
        {group.title}
      </h2>
      <div className="grid grid-flow-row-dense grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {group.panels.map((panel) => (
          <Fragment key={panel.key}>
            <MetricTile panel={panel} period={view} open={panel.key === opened} onOpen={onOpen} />
            {panel.key === opened && <div className="col-span-full">{large(panel)}</div>}
          </Fragment>
        ))}
      </div>
    </section>
  ));
}
