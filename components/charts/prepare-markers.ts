import type { Marker } from "#lib/services/metrics/schema.ts";
import { type Scale, toPx } from "./prepare-scale.ts";

/** Changes that lie so close together that they are drawn as one. */
export type MarkerGroup = { key: string; x: number; markers: Marker[]; label: string };

const KIND_WORDS: Readonly<Record<Marker["kind"], string>> = {
  control: "Control placed",
  lifted: "Control lifted",
  release: "Release",
};

/**
 * Marks on the time axis, left to right; those closer than `apart` px to the first of their group are merged ("3 changes").
 * What lies outside of the axis is left out.
 */
export function prepareMarkers(markers: readonly Marker[], x: Scale, apart: number): MarkerGroup[] {
  const groups: MarkerGroup[] = [];
  const shown = markers.filter((marker) => marker.at >= x.from && marker.at <= x.to);
  for (const marker of shown.toSorted((a, b) => a.at - b.at || a.id.localeCompare(b.id))) {
    const at = toPx(x, marker.at);
    const last = groups.at(-1);
    if (last && at - last.x < apart) last.markers.push(marker);
    else groups.push({ key: marker.id, x: at, markers: [marker], label: "" });
  }
  return groups.map((group) => ({ ...group, label: labelOf(group.markers) }));
}

function labelOf(markers: readonly Marker[]): string {
  const [first] = markers;
  if (markers.length === 1 && first) return KIND_WORDS[first.kind];
  return `${markers.length} changes`;
}
