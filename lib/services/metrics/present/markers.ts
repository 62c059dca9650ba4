import type { Marker } from "../schema.ts";
import { isWithin, type Span } from "./frame.ts";

/** A control's row, as far as its marks on the time axis need it. */
export type MarkedControl = {
  id: string;
  /** Key of its sentence; keys of what it is limited to, null: not limited to any. */
  template: string;
  featureKey: string | null;
  scenarioKey: string | null;
  sentence: string;
  placedAt: Date;
  /** Actor references, as `actorReference` writes them. */
  placedBy: string;
  placedByName: string;
  reason: string | null;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftedByName: string | null;
  liftReason: string | null;
};

/** An entry of the log about releases of the feature. */
export type MarkedChange = { seq: bigint; at: Date; actorName: string; sentence: string; reason: string | null };

/** A release of an arm, when it was first served, and what it is called. */
export type SeenRelease = { release: string; arm: string; firstAt: number; label: string };

/** A release that is first seen this soon after a change was logged came by that change, milliseconds. */
const SAME_CHANGE_MS = 10 * 60_000;

/** Where a feature's controls and its activity are seen. */
export function featureHref(environment: string, feature: string, tab?: "activity"): string {
  const home = `/${encodeURIComponent(environment)}/features/${encodeURIComponent(feature)}`;
  return tab ? `${home}?tab=${tab}` : home;
}

/** The marks that one control leaves: when it was placed, and when it was lifted. One that still holds is found among the controls. */
export function controlMarkers(
  row: MarkedControl,
  span: Span,
  hrefs: { controls: string; activity: string },
): Marker[] {
  const placed: Marker = {
    id: `placed:${row.id}`,
    at: row.placedAt.getTime(),
    kind: "control",
    who: whoOf(row.placedBy, row.placedByName),
    why: row.reason,
    sentence: row.sentence,
    href: row.liftedAt ? hrefs.activity : hrefs.controls,
  };
  const lifted: Marker[] = row.liftedAt
    ? [
        {
          id: `lifted:${row.id}`,
          at: row.liftedAt.getTime(),
          kind: "lifted",
          who: whoOf(row.liftedBy, row.liftedByName),
          why: row.liftReason,
          sentence: `"${row.sentence}" ${isAutomatic(row.liftedBy) ? "ended" : "was lifted"}.`,
          href: hrefs.activity,
        },
      ]
    : [];
  return [placed, ...lifted].filter(({ at }) => isWithin(at, span));
}

/** The names of automation are for the log; people know it as Evenkeel. */
function whoOf(reference: string | null, name: string | null): string {
  return isAutomatic(reference) ? "Evenkeel" : (name ?? "Evenkeel");
}

function isAutomatic(reference: string | null): boolean {
  return reference?.startsWith("automation:") ?? true;
}

/** The marks of releases: changes that somebody made, and releases that were first served without such an entry. */
export function releaseMarkers(
  changes: readonly MarkedChange[],
  seen: readonly SeenRelease[],
  span: Span,
  href: string,
): Marker[] {
  const made = changes.map(
    (entry): Marker => ({
      id: `change:${entry.seq}`,
      at: entry.at.getTime(),
      kind: "release",
      who: entry.actorName,
      why: entry.reason,
      sentence: entry.sentence,
      href,
    }),
  );
  const began = seen
    .filter(({ firstAt }) => !made.some(({ at }) => firstAt >= at && firstAt - at < SAME_CHANGE_MS))
    .map(
      ({ release, arm, firstAt, label }): Marker => ({
        id: `release:${arm}:${release}`,
        at: firstAt,
        kind: "release",
        who: "Seen in the figures",
        why: null,
        sentence: `${label} answered for the first time.`,
        href,
      }),
    );
  return [...made, ...began].filter(({ at }) => isWithin(at, span));
}

/** In the order in which they happened. */
export function inOrder(markers: readonly Marker[]): Marker[] {
  return markers.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
