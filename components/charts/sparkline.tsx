import { prepareSpark } from "./prepare-spark.ts";

const BOX = { width: 84, height: 24, edge: 3 };

/** The last days of a figure in a word's room, oldest first; nobody reported is a break in the line. From zero, and the last day has a dot. Its colour is the text's. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const { path, end } = prepareSpark(values, BOX);
  const { width, height } = BOX;
  return (
    <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="block">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {end && <circle cx={end.x} cy={end.y} r={2.5} fill="currentColor" />}
    </svg>
  );
}
