import { cn } from "#components/ui/cn.ts";
import type { Line } from "#lib/services/metrics/schema.ts";
import type { SeriesLook } from "./series.ts";

/** Which line is which, where there is no room to name them at their ends. */
export function LineKey({ lines, looks }: { lines: readonly Line[]; looks: readonly SeriesLook[] }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {lines.map((line, index) => (
        <li key={line.key} className="flex items-center gap-2">
          <LineSample look={looks[index]} />
          {line.label}
        </li>
      ))}
    </ul>
  );
}

/** A short piece of a line, as it is drawn. */
export function LineSample({ look, className }: { look: SeriesLook | undefined; className?: string }) {
  return (
    <svg aria-hidden width="28" height="8" className={cn("shrink-0", className)}>
      <line x1="0" y1="4" x2="28" y2="4" stroke={look?.color} strokeWidth={look?.width} strokeDasharray={look?.dash} />
    </svg>
  );
}
