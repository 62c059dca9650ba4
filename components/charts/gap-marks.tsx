import type { Frame } from "./prepare-frame.ts";
import { type Gap, prepareGaps } from "./prepare-gaps.ts";

/** The pattern behind which nobody reported: an absence that can be seen. `id` names it within the page. */
export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" stroke="var(--chart-hatch)" strokeWidth="2" />
    </pattern>
  );
}

type GapMarksProps = {
  gaps: readonly Gap[];
  frame: Frame;
  /** The id of the pattern; without it only the words are drawn. */
  hatch?: string;
};

/** Spans in which nobody reported, or of which nothing is known yet: hatched, and said so above the drawing, where no line can run through the words. */
export function GapMarks({ gaps, frame: { x, y }, hatch }: GapMarksProps) {
  return prepareGaps(gaps, x).map((gap) => (
    <g key={gap.x}>
      {hatch && gap.why === "gap" && (
        <rect x={gap.x} y={y.px1} width={gap.width} height={y.px0 - y.px1} fill={`url(#${hatch})`} />
      )}
      {gap.words && (
        <text x={gap.words.x} y={y.px1 - 5} textAnchor="middle" className="fill-muted text-[11px]">
          {gap.words.text}
        </text>
      )}
    </g>
  ));
}
