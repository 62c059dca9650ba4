/** A label that wants to stand at `y` (its middle, px). */
export type WantedLabel = { key: string; y: number };

/**
 * Moves labels apart so that each has `height` px for itself, as near as it can be to where it wants to stand, within `top` and `bottom`.
 * When they do not all fit, they share what there is evenly. Keeps their order from top to bottom.
 */
export function placeLabels<T extends WantedLabel>(
  labels: readonly T[],
  height: number,
  top: number,
  bottom: number,
): T[] {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const room = Math.max(0, bottom - top);
  const step = sorted.length > 1 ? Math.min(height, (room - Math.min(height, room)) / (sorted.length - 1)) : height;
  const first = top + Math.min(height, room) / 2;
  const last = bottom - Math.min(height, room) / 2;
  let floor = first;
  const pushed = sorted.map((label) => {
    const y = Math.max(Math.min(label.y, last), floor);
    floor = y + step;
    return { ...label, y };
  });
  let ceiling = last;
  for (const label of pushed.toReversed()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - step;
  }
  return pushed;
}
