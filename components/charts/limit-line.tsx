import type { Limit } from "./chart-data.ts";
import type { Frame } from "./prepare-frame.ts";
import { toPx } from "./prepare-scale.ts";

/** A fixed value across the whole chart, with its name at the left, above it where there is room. */
export function LimitLine({ limit, frame: { x, y } }: { limit: Limit; frame: Frame }) {
  const at = toPx(y, Math.min(Math.max(limit.value, y.from), y.to));
  return (
    <g>
      <line x1={x.px0} x2={x.px1} y1={at} y2={at} stroke="var(--ink)" strokeWidth={1.25} strokeDasharray="6 4" />
      <text
        x={x.px0 + 4}
        y={at - y.px1 < 16 ? at + 14 : at - 5}
        className="fill-ink text-[11px] font-medium"
        // Behind the words, so that they can be read on top of lines.
        paintOrder="stroke"
        stroke="var(--surface)"
        strokeWidth={4}
        strokeLinejoin="round"
      >
        {limit.label}
      </text>
    </g>
  );
}
