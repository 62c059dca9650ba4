import type { Context } from "#lib/context.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { METRICS, metricByKey } from "#lib/core/metrics/definitions.ts";
import { seriesOf } from "#lib/core/metrics/series.ts";
import type { Verdict } from "#lib/core/metrics/verdict.ts";
import { DAY_MS } from "#lib/core/time.ts";
import { promptAnswers } from "#lib/telemetry/shared-answers.ts";
import { figureSource } from "#lib/telemetry/store.ts";
import { frameOf, lastDays, resolutionOf } from "../present/frame.ts";
import { type Finding, findingsOf, type Told } from "../present/panels.ts";
import { byBucket } from "../present/samples.ts";
import { settledFindings } from "../present/settled-findings.ts";
import { sparkOf } from "../present/spark.ts";
import type { Behind, FeatureVerdict, MetricsQuery } from "../schema.ts";
import { NOTHING_BEHIND, readBehind } from "./behind.ts";
import { readServers } from "./health.ts";
import { markersOf, readMarked } from "./markers.ts";
import { lastReported, type Page, readUserDays } from "./page.ts";
import { type Asking, readHeldUsers, readRows, spanOfSlots } from "./rows.ts";
import { readLastHeard } from "./silence.ts";
import { readSubjects, type Subject } from "./subject.ts";
import { toldOf } from "./told.ts";
import { healthOf, heldAndPeriod, judgedBy, judgedOn, seenOf, verdictOfPage } from "./view.ts";
import { whereOf } from "./where.ts";

const SPARK_DAYS = 14;
/** Features looked at side by side; more would only wait for connections. */
const AT_ONCE = 3;
/** Asked anew for nearly every verdict, because a stop that was just placed belongs to it; but the verdict hardly waits for it. */
const behindIt = promptAnswers("behind what is worse", { freshMs: 5_000, patienceMs: 250, most: 100 });

/**
 * The verdict on every feature of the environment, with 14 days of what it is about. The last 24 hours against the 7 days before; where they show no harm, too
 * little or nothing, the last 7 days against those before them too, because what has been bad for a week is no worse than yesterday.
 */
export async function buildVerdicts(ctx: Context): Promise<FeatureVerdict[]> {
  const asking: Asking = { source: figureSource(), environmentId: ctx.environment.id, now: ctx.now };
  const subjects = await readSubjects(ctx);
  const [first] = subjects;
  if (!first) return [];
  const days = spanOfSlots(lastDays(ctx.now.getTime(), SPARK_DAYS, first.zone), ctx.now.getTime());
  const anything = await asking.source.window(asking.environmentId, { feature: "*", cut: "" }, days, "day");
  const reported = new Set(anything.map(({ bucket }) => bucket));
  const verdicts: FeatureVerdict[] = [];
  for (let next = 0; next < subjects.length; next += AT_ONCE) {
    const some = subjects.slice(next, next + AT_ONCE);
    verdicts.push(...(await Promise.all(some.map((subject) => verdictOn(ctx, asking, subject, reported)))));
  }
  return verdicts;
}

async function verdictOn(
  ctx: Context,
  asking: Asking,
  subject: Subject,
  reported: ReadonlySet<number>,
): Promise<FeatureVerdict> {
  const judged = judgedBy(subject);
  const definitions = METRICS.filter(({ key }) => judged.has(key));
  const looks = await readLooks(ctx, asking, subject, definitions);
  const [day, week] = [verdictAt(looks.day, definitions), verdictAt(looks.week, definitions)];
  const chosen = isGraver(week.verdict, day.verdict) || tellsMore(week.verdict, day.verdict) ? week : day;
  const { verdict, page } = chosen;
  const worse = verdict.standing === "worse" ? metricByKey(verdict.metric ?? "") : undefined;
  const about = metricByKey(verdict.metric ?? "") ?? definitions.find(({ family }) => family === "harm");
  const [where, known, spark] = await Promise.all([
    // That it is worse must be heard at once, also where nobody can say yet in what, or since when.
    worse ? whereOf(asking, page, worse) : null,
    worse ? behind(ctx, asking, chosen) : NOTHING_BEHIND,
    about ? readSpark(asking, subject, about, reported, chosen) : [],
  ]);
  const feature = subject.names.feature.key;
  return { feature, period: page.query.period, ...pick(verdict), ...known, where, spark };
}

/** One look at a feature, and the verdict at it. */
type Look = { page: Page; told: Told; findings: Finding[]; verdict: Verdict };

function verdictAt(page: Page, definitions: readonly MetricDefinition[]): Look {
  const told = toldOf(page);
  const findings = settledFindings(findingsOf(told, definitions), judgedOn(page));
  return { page, told, findings, verdict: verdictOfPage(page, findings, healthOf(page, told)) };
}

/** Asked only where something is worse. */
async function behind(ctx: Context, asking: Asking, look: Look): Promise<Behind> {
  const { feature, period } = look.page.query;
  const about = JSON.stringify([asking.environmentId, feature, look.verdict.metric, period]);
  return behindIt(about, asking.now, () => findBehind(ctx, asking, look), NOTHING_BEHIND);
}

async function findBehind(ctx: Context, { source }: Asking, { page, told, findings, verdict }: Look): Promise<Behind> {
  const { feature } = page.query;
  const whole = heldAndPeriod(page);
  const [marked, segments] = await Promise.all([
    readMarked(ctx, feature, whole),
    source.segments(ctx.environment.id, feature, whole),
  ]);
  const markers = markersOf(ctx.environment.key, feature, marked, seenOf({ ...page, segments }), whole);
  return readBehind(ctx, page, told, verdict, { findings, marked, markers });
}

/** Whether one verdict should be heard before another: bad news before any other, and harm before the rest of it. */
function isGraver(one: Verdict, other: Verdict): boolean {
  if (one.standing !== "worse" || other.standing !== "worse") return one.standing === "worse";
  return one.family === "harm" && other.family !== "harm";
}

/** Where a day holds nothing, or too little to say anything, a week may hold enough. A silence that is news is no less so over a week, which then tells no more. */
function tellsMore(one: Verdict, other: Verdict): boolean {
  return tells(one) > tells(other);
}

/** How much a verdict tells: nothing, that there is too little, or something. */
function tells({ standing }: Verdict): number {
  return standing === "no-data" ? 0 : standing === "not-enough" ? 1 : 2;
}

function pick({ standing, sentence, family, metric }: Verdict): Pick<FeatureVerdict, keyof Verdict> {
  return { standing, sentence, family, metric };
}

/** What verdicts need of two pages, the last 24 hours and the last 7 days, and no more; what both need is read once. */
async function readLooks(
  ctx: Context,
  asking: Asking,
  subject: Subject,
  definitions: readonly MetricDefinition[],
): Promise<{ day: Page; week: Page }> {
  const { source, environmentId } = asking;
  const now = ctx.now.getTime();
  const { key: feature } = subject.names.feature;
  const timed = definitions.some(({ formula }) => formula.kind === "quantile");
  const shared = Promise.all([
    readUserDays(asking, subject, { feature, period: "7d" }),
    source.instances(environmentId, feature, { from: now - DAY_MS, to: now }),
    readServers(ctx, feature, now - 7 * DAY_MS),
  ]);
  const look = async (period: "24h" | "7d") => {
    const query: MetricsQuery = { environment: ctx.environment.key, feature, period, cut: "", compare: "before" };
    const frame = frameOf(period, resolutionOf(period, 0), now, subject.zone);
    const [rows, people, held, [userDays, instances, servers]] = await Promise.all([
      readRows(asking, { feature, cut: "" }, frame, timed),
      source.users(environmentId, feature, spanOfSlots(frame.days, now)),
      readHeldUsers(asking, feature, frame),
      shared,
    ]);
    const reports = { users: people, instances, lost: { unattributed: 0, unassigned: 0 } };
    const users = { ...userDays, held: held.users };
    return { ...NOTHING_MORE, query, subject, now, frame, rows, users, reports, servers };
  };
  const [day, week] = await Promise.all([look("24h"), look("7d")]);
  const heard = await readLastHeard(asking, feature, week.servers.known, week.reports.instances);
  const lastReportedAt = lastReported(heard, week.rows.now);
  const recent = day.rows.now;
  return { day: { ...day, recent, heard, lastReportedAt }, week: { ...week, recent, heard, lastReportedAt } };
}

const NOTHING_MORE = {
  parts: [],
  segments: { cuts: [], releases: [] },
  reported: new Set<number>(),
  pair: null,
};

/** One value a day, null where nobody reported, nothing of it happened, or today is too young. */
async function readSpark(
  { source, environmentId, now }: Asking,
  { names, zone, weights }: Subject,
  definition: MetricDefinition,
  reported: ReadonlySet<number>,
  { page: { users }, findings }: Look,
): Promise<(number | null)[]> {
  const slots = lastDays(now.getTime(), SPARK_DAYS, zone);
  const cut = { feature: names.feature.key, cut: "" };
  const span = spanOfSlots(slots, now.getTime());
  const [rows, bins] = await Promise.all([
    source.window(environmentId, cut, span, "day"),
    definition.formula.kind === "quantile" ? source.quantiles(environmentId, cut, span, "day") : [],
  ]);
  const buckets = byBucket(rows);
  const parts = findings.find(({ definition: { key } }) => key === definition.key)?.sample.parts;
  const input = { slots, buckets, bins, userDays: users?.rows, reported, now: now.getTime(), weights, parts };
  return sparkOf(definition, seriesOf(definition, input));
}
