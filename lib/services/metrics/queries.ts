import { authorize, type Context } from "#lib/context.ts";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import { DAY_MS } from "#lib/core/time.ts";
import { AppError } from "#lib/errors.ts";
import { inTime, sharedAnswers } from "#lib/telemetry/shared-answers.ts";
import { figureSource } from "#lib/telemetry/store.ts";
import { effectOf } from "./present/effects.ts";
import { buildCounted } from "./queries/counted.ts";
import { readSubject } from "./queries/subject.ts";
import { buildVerdicts } from "./queries/verdicts.ts";
import { buildView } from "./queries/view.ts";
import type {
  ControlEffect,
  CountedQuery,
  CountedView,
  FeatureVerdict,
  MetricsQuery,
  MetricsView,
  Period,
} from "./schema.ts";

/** The page from which a feature is stopped shows them, so it waits no longer for them than for whom a stop would touch. */
const effects = sharedAnswers("control effects", { freshMs: 5_000, patienceMs: 1_000, most: 200 });
/** Hours are kept this long. */
const FURTHEST_MS = 180 * DAY_MS;

/**
 * What controls of this environment did: the decisions in which each acted, since it was placed. Ids that are not there are left out, and so is all of it while the
 * figures cannot be read.
 */
export async function controlEffects(ctx: Context, ids: readonly string[]): Promise<ControlEffect[]> {
  authorize(ctx, "environment.view", {});
  const environmentId = ctx.environment.id;
  const asked = [...new Set(ids)].sort();
  const controls = await ctx.db.control.findMany({
    where: { environmentId, id: { in: asked } },
    select: { id: true, placedAt: true, liftedAt: true },
    orderBy: { placedAt: "asc" },
  });
  const [first] = controls;
  if (!first) return [];
  const now = ctx.now.getTime();
  const span = { from: Math.max(first.placedAt.getTime(), now - FURTHEST_MS), to: now + 1 };
  const hours = await effects(`${environmentId} ${asked.join(",")}`, ctx.now, () =>
    figureSource().controlHours(environmentId, asked, span),
  ).catch(() => null);
  return hours === null ? [] : controls.map((control) => effectOf(control, hours, { from: span.from, now }));
}

/** Long periods cost more and change less. Whoever waits longer than the patience is told that the figures take too long. */
const views: Readonly<Record<Period, ReturnType<typeof sharedAnswers>>> = {
  "3h": sharedAnswers("metric views of hours", { freshMs: 2_000, patienceMs: 6_000, most: 30 }),
  "24h": sharedAnswers("metric views of hours", { freshMs: 2_000, patienceMs: 6_000, most: 30 }),
  "7d": sharedAnswers("metric views of days", { freshMs: 4_000, patienceMs: 8_000, most: 30 }),
  "28d": sharedAnswers("metric views of weeks", { freshMs: 4_000, patienceMs: 8_000, most: 30 }),
  "60d": sharedAnswers("metric views of weeks", { freshMs: 4_000, patienceMs: 8_000, most: 30 }),
};

/**
 * What the metric page of a feature shows: figures, lines, verdict, marks, and what it all rests on. A few seconds old at most, and shared by everyone who looks.
 * @throws AppError `not-found`; `unavailable` when the figures take too long.
 */
export async function metricsView(ctx: Context, query: MetricsQuery): Promise<MetricsView> {
  authorize(ctx, "environment.view", {});
  const subject = await readSubject(ctx, query.feature);
  const { feature, period, cut, compare } = query;
  const key = JSON.stringify([ctx.environment.id, feature, period, cut, compare]);
  return views[period](key, ctx.now, () => buildView(ctx, subject, query));
}

const verdicts = sharedAnswers("feature verdicts", { freshMs: 10_000, patienceMs: 8_000, most: 20 });

/**
 * How each feature of the environment does by the figures: the last 24 hours against the 7 days before, and the last 7 days where those show no harm. At most ten
 * seconds old.
 * @throws AppError `unavailable` when the figures take longer than `patienceMs`: the page from which everything is stopped hardly waits for them.
 */
export async function featureVerdicts(ctx: Context, patienceMs = 1_500): Promise<FeatureVerdict[]> {
  authorize(ctx, "environment.view", {});
  return inTime(
    patienceMs,
    verdicts(ctx.environment.id, ctx.now, () => buildVerdicts(ctx)),
  );
}

/**
 * How one metric was counted over one period: formula, what was counted, what it rests on, and the newest events behind it.
 * @throws AppError `not-found` for a metric that does not exist, or not for this part of the traffic; `unavailable` when the figures take too long.
 */
export async function countedView(ctx: Context, { metric, ...query }: CountedQuery): Promise<CountedView> {
  authorize(ctx, "environment.view", {});
  const definition = metricByKey(metric);
  if (!definition) throw new AppError("not-found", "There is no such metric.");
  const subject = await readSubject(ctx, query.feature);
  const key = JSON.stringify([
    "counted",
    ctx.environment.id,
    query.feature,
    query.period,
    query.cut,
    query.compare,
    metric,
  ]);
  const counted = await views[query.period](key, ctx.now, () => buildCounted(ctx, subject, query, definition));
  if (counted === null)
    throw new AppError("not-found", `${definition.name} is not counted for this part of the traffic.`);
  return counted;
}
