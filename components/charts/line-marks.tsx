import type { Line } from "#lib/services/metrics/schema.ts";
import type { Frame } from "./prepare-frame.ts";
import { prepareLine } from "./prepare-line.ts";
import type { SeriesLook } from "./series.ts";

type LineMarksProps = {
  line: Line;
  look: SeriesLook | undefined;
  frame: Frame /** Whether its uncertainty is drawn. */;
  band: boolean;
};

/** One line as SVG: uncertainty, what is over, what still runs, and the points that stand alone or rest on little. */
export function LineMarks({ line, look, frame, band }: LineMarksProps) {
  const drawn = prepareLine(line.points, frame.x, frame.y);
  const color = look?.color ?? "currentColor";
  const stroke = {
    fill: "none",
    stroke: color,
    strokeWidth: look?.width ?? 2,
    strokeLinejoin: "round",
    strokeLinecap: "round",
  } as const;
  return (
    <g>
      {band && drawn.band !== "" && <path d={drawn.band} fill={color} fillOpacity={0.16} />}
      {drawn.path !== "" && <path d={drawn.path} strokeDasharray={look?.dash} {...stroke} />}
      {drawn.tail !== "" && <path d={drawn.tail} strokeDasharray="2 4" opacity={0.8} {...stroke} />}
      {!line.quiet &&
        drawn.dots.map((dot) => (
          <circle
            key={dot.point.at}
            cx={dot.x}
            cy={dot.y}
            r={dot.look === "unfinished" ? 3.5 : 2.5}
            fill={dot.look === "solid" ? color : "var(--surface)"}
            stroke={color}
            strokeWidth={1.5}
            strokeDasharray={dot.look === "unfinished" ? "2 2" : undefined}
          />
        ))}
    </g>
  );
}
