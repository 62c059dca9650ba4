import { px } from "./prepare-line.ts";

/**
 * A figure of so many days in a box, oldest first, from zero: its line as SVG path data, which is broken where there is no value and shows a lone day as a dot, and the last day
 * that has a value.
 */
export function prepareSpark(values: readonly (number | null)[], box: { width: number; height: number; edge: number }) {
  const known = values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
  const highest = Math.max(0, ...known.map((value) => value ?? 0));
  const placed = known.map((value, index) => ({
    x: box.edge + (index / Math.max(1, values.length - 1)) * (box.width - 2 * box.edge),
    y:
      value === null ? null : box.height - box.edge - (highest > 0 ? value / highest : 0) * (box.height - 2 * box.edge),
  }));
  let path = "";
  let end: { x: number; y: number } | null = null;
  for (const [index, { x, y }] of placed.entries()) {
    if (y === null) continue;
    const joined = index > 0 && placed[index - 1]?.y !== null;
    const alone = !joined && (placed[index + 1]?.y ?? null) === null;
    path += `${joined ? "L" : "M"}${px(x)} ${px(y)}${alone ? "h0" : ""}`;
    end = { x, y };
  }
  return { path, end };
}
