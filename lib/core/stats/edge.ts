const FURTHEST = 1024;
const HALVINGS = 60;

/** The last point before `excludes` turns true when walking from `start` in `direction`, by doubling and then halving. */
export function edge(start: number, direction: 1 | -1, excludes: (at: number) => boolean): number {
  let inside = 0;
  let outside = 1;
  while (!excludes(start + direction * outside) && outside < FURTHEST) {
    inside = outside;
    outside *= 2;
  }
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (inside + outside) / 2;
    if (excludes(start + direction * middle)) outside = middle;
    else inside = middle;
  }
  return start + direction * inside;
}
