import { templateOf } from "#lib/core/controls/templates.ts";
import { figureOf } from "#lib/core/metrics/figure.ts";
import { readingOf } from "#lib/core/metrics/reading.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { isSameHour, type Span } from "../present/frame.ts";
import { kindsBehind } from "../present/last-events.ts";
import type { MarkedControl } from "../present/markers.ts";
import type { Finding, HeldSums, Told } from "../present/panels.ts";
import { decisionsOf, hasLatencies, peopleWithin, sampleOf, sumsOf } from "../present/samples.ts";
import type { SinceControl } from "../schema.ts";
import type { Page } from "./page.ts";
import { type Asking, pastBins, pastWindow } from "./rows.ts";

/** From then on whole hours tell it as well as minutes do. */
const BY_THE_HOUR_MS = 6 * HOUR_MS;

/** For so long what people do with answers that they had before is much of what is counted after. */
const SETTLING_MS = 6 * HOUR_MS;
const ALSO_EARLIER = "What people still do with earlier answers is counted, too.";

/**
 * How the figure that got worse has been since the newest control of its own that still holds was placed, held against what the whole period is, or the same hours of it: a period
 * that looks back over a week says "worse" for days after a stop has helped. Null where no control was placed in the period, or the figure is counted by whole days.
 */
export async function readSinceControl(
  asking: Asking,
  page: Page,
  told: Told,
  { definition, sample }: Finding,
  controls: readonly MarkedControl[],
): Promise<Omit<SinceControl, "href"> | null> {
  const { source, environmentId } = asking;
  const { query, now, rows } = page;
  const placed = newest(controls.filter((row) => mayHaveHelped(row, page)));
  const { kind } = definition.formula;
  if (!placed || page.pair !== null || kind === "users" || kind === "people" || kind === "count") return null;
  const placedAt = placed.placedAt.getTime();
  const resolution = now - placedAt > BY_THE_HOUR_MS ? "hour" : "minute";
  if (kind === "quantile" && !hasLatencies(query.cut, resolution)) return null;
  const step = resolution === "hour" ? HOUR_MS : MINUTE_MS;
  const span = { from: Math.ceil(placedAt / step) * step, to: now };
  const cut = { feature: query.feature, cut: query.cut };
  const [since, bins, held] = await Promise.all([
    source.window(environmentId, cut, span, resolution),
    kind === "quantile" ? source.quantiles(environmentId, cut, span, resolution) : [],
    now - placedAt < DAY_MS ? sameHoursBefore(asking, page, told, span, kind === "quantile") : told.held,
  ]);
  const { users } = told.sample;
  const people = users === null ? null : peopleWithin(users, decisionsOf(since), decisionsOf(rows.now));
  const { says, standing } = readingOf(definition, {
    sample: {
      ...sampleOf(definition, sumsOf(since, bins, [], people), told.weights),
      spread: figureOf(definition, sample).spread,
    },
    held: held && { with: held.with, label: held.label, sample: sampleOf(definition, held.sums, told.weights) },
    from: placedAt,
    now,
    lastReportedAt: told.lastReportedAt,
  });
  const about = { control: placed.sentence, at: placedAt };
  const early = now - placedAt < SETTLING_MS && kindsBehind(definition.formula).length > 0 && standing !== "not-enough";
  if (!early || standing === "no-data") return { ...about, standing, says };
  // That it is still worse cannot be told yet: a stop does not take back the answers that were given before it.
  return { ...about, standing: standing === "worse" ? "unsure" : standing, says: `${says} ${ALSO_EARLIER}` };
}

/** Nights and days differ: until a whole day is over, what is held against are the same hours of the seven days before the period. */
async function sameHoursBefore(
  asking: Asking,
  { query, frame, rows }: Page,
  told: Told,
  span: Span,
  timed: boolean,
): Promise<HeldSums | null> {
  if (!told.held) return null;
  const cut = { feature: query.feature, cut: query.cut };
  const to = Math.floor(frame.span.from / HOUR_MS) * HOUR_MS;
  const week = { from: to - 7 * DAY_MS, to };
  const alike = ({ bucket }: { bucket: number }) => isSameHour(bucket, span);
  const [hours, bins] = await Promise.all([
    pastWindow(asking, cut, week, "hour"),
    timed && hasLatencies(query.cut, "hour") ? pastBins(asking, cut, week, "hour") : [],
  ]);
  const same = hours.filter(alike);
  const { users } = told.held.sums;
  const people = users === null ? null : peopleWithin(users, decisionsOf(same), decisionsOf(rows.held));
  return {
    with: told.held.with,
    label: "the same hours of the week before",
    sums: sumsOf(same, bins.filter(alike), rows.heldGroups, people, rows.borrowed),
    share: 1,
  };
}

/** Placed in the period, of this feature and part of the traffic, and no mere notice. Those of a provider or model may be of one that the feature does not use. */
function mayHaveHelped({ liftedAt, placedAt, template, featureKey, scenarioKey }: MarkedControl, page: Page): boolean {
  const { frame, query } = page;
  const here = scenarioKey === null || query.cut === "" || query.cut === `scenario:${scenarioKey}`;
  const inTime = liftedAt === null && placedAt.getTime() >= frame.span.from;
  return inTime && here && featureKey === query.feature && templateOf(template)?.layer !== "notice";
}

function newest(controls: readonly MarkedControl[]): MarkedControl | undefined {
  return controls.toSorted((a, b) => b.placedAt.getTime() - a.placedAt.getTime())[0];
}
