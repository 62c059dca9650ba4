import type { Context } from "#lib/context.ts";
import type { Span } from "#lib/telemetry/figure-source.ts";
import {
  controlMarkers,
  featureHref,
  inOrder,
  type MarkedChange,
  type MarkedControl,
  releaseMarkers,
  type SeenRelease,
} from "../present/markers.ts";
import type { Marker } from "../schema.ts";

/** More marks than this cannot be told apart on a chart; the newest are kept. */
const MOST = 200;
/** Entries of the log after which a feature answers with another release, or answers at all. */
const CHANGES = ["rollout.", "release.", "feature.launch"];

/** What of the control plane is marked on a feature's charts: controls that were placed or lifted in the span and touch the feature, and changes of its releases. */
export type Marked = { controls: MarkedControl[]; changes: MarkedChange[] };

/** Reads it, in two questions. */
export async function readMarked(ctx: Context, feature: string, { from, to }: Span): Promise<Marked> {
  const inSpan = { gte: new Date(from), lt: new Date(to) };
  const [controls, changes] = await Promise.all([
    ctx.db.control.findMany({
      where: {
        environmentId: ctx.environment.id,
        // Those of a provider or a model are of no feature and touch every one.
        AND: [
          { OR: [{ featureKey: feature }, { featureKey: null }] },
          { OR: [{ placedAt: inSpan }, { liftedAt: inSpan }] },
        ],
      },
      select: {
        id: true,
        template: true,
        featureKey: true,
        scenarioKey: true,
        sentence: true,
        placedAt: true,
        placedBy: true,
        placedByName: true,
        reason: true,
        liftedAt: true,
        liftedBy: true,
        liftedByName: true,
        liftReason: true,
      },
      orderBy: { placedAt: "desc" },
      take: MOST,
    }),
    ctx.db.auditEntry.findMany({
      where: {
        featureKey: feature,
        environment: ctx.environment.key,
        at: inSpan,
        OR: CHANGES.map((action) => ({ action: { startsWith: action } })),
      },
      select: { seq: true, at: true, actorName: true, sentence: true, reason: true },
      orderBy: { seq: "desc" },
      take: MOST,
    }),
  ]);
  return { controls, changes };
}

/** The marks of a feature in a span, in the order in which they happened. */
export function markersOf(
  environment: string,
  feature: string,
  { controls, changes }: Marked,
  seen: readonly SeenRelease[],
  span: Span,
): Marker[] {
  const hrefs = {
    controls: featureHref(environment, feature),
    activity: featureHref(environment, feature, "activity"),
  };
  return inOrder([
    ...controls.flatMap((row) => controlMarkers(row, span, hrefs)),
    ...releaseMarkers(changes, seen, span, hrefs.activity),
  ]).slice(-MOST);
}
