import type { Context } from "#lib/context.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { disagreementsOf } from "#lib/core/metrics/disagreements.ts";
import type { MetricReading } from "#lib/core/metrics/finding.ts";
import { addMeasures } from "#lib/core/metrics/measures.ts";
import { verdictOf } from "#lib/core/metrics/verdict.ts";
import type { Span } from "#lib/telemetry/figure-source.ts";
import { armChoices } from "../present/arms.ts";
import { besideOf, peopleSaid } from "../present/beside.ts";
import { daysBehind } from "../present/days.ts";
import { ladderOf } from "../present/ladder.ts";
import type { SeenRelease } from "../present/markers.ts";
import { armLabel, cutChoices, cutLabel } from "../present/names.ts";
import { type Finding, findingsOf, panelOf, type Told } from "../present/panels.ts";
import { byBucket } from "../present/samples.ts";
import { settledFindings } from "../present/settled-findings.ts";
import { silentSince } from "../present/silent.ts";
import type { DataHealth, MetricsQuery, MetricsView } from "../schema.ts";
import { readBehind } from "./behind.ts";
import { dataHealth } from "./health.ts";
import { markersOf, readMarked } from "./markers.ts";
import { type Page, readPage } from "./page.ts";
import type { Subject } from "./subject.ts";
import { peopleOfPeriod, toldOf } from "./told.ts";

/** Looked at where nobody has chosen: what playbook section 3 warns of first, at least one of each deciding family. */
const USUAL: readonly string[] = [
  "repeat-usage",
  "kept-on",
  "repeated-prompts",
  "correction-time",
  "edit-rate",
  "override-rate",
  "escalations",
  "policy-violations",
  "switch-to-manual",
  "abandonment",
  "dismissal-rate",
  "re-prompt-rate",
];

/** The metrics that a verdict on a feature is made of. */
export function judgedBy({ chosen }: Subject): ReadonlySet<string> {
  return new Set(chosen.length > 0 ? chosen : USUAL);
}

/** Whether a metric has a say in the verdict on a page. Activity never has; where arms are compared, what cannot be told of an arm has none. */
export function judgedOn({ subject, pair }: Page): (definition: MetricDefinition) => boolean {
  const judged = judgedBy(subject);
  return ({ key, family, splits }) => judged.has(key) && family !== "activity" && (pair === null || splits);
}

/** Everything the metric page shows. */
export async function buildView(ctx: Context, subject: Subject, query: MetricsQuery): Promise<MetricsView> {
  const page = await readPage(ctx, subject, query);
  const whole = heldAndPeriod(page);
  const marked = await readMarked(ctx, query.feature, whole);
  const told = toldOf(page);
  const findings = settledFindings(findingsOf(told), judgedOn(page));
  const health = healthOf(page, told);
  const verdict = verdictOfPage(page, findings, health);
  const markers = markersOf(ctx.environment.key, query.feature, marked, seenOf(page), whole);
  const behind = await readBehind(ctx, page, told, verdict, { findings, marked, markers });
  return viewOf(page, told, { findings, health, markers, verdict: { ...verdict, ...behind } });
}

/** From the first bucket that the period is held against to now. */
export function heldAndPeriod({ frame: { held, span } }: Page): Span {
  return { from: Math.min(held.from, span.from), to: span.to };
}

/** The releases of the page, as they are called. */
export function seenOf({ segments, subject }: Page): SeenRelease[] {
  return segments.releases.map((one) => ({ ...one, label: armLabel(one, subject.names) }));
}

type Shown = Pick<MetricsView, "health" | "markers" | "verdict"> & { findings: readonly Finding[] };

function viewOf(page: Page, told: Told, { findings, health, markers, verdict }: Shown): MetricsView {
  const { query, subject, frame, segments } = page;
  const chosen = new Set(subject.chosen);
  const { standing, sentence, metric, began, sinceControl } = verdict;
  const { all, judged } = readingsOf(page, findings);
  const people = peopleSaid(page.users?.rows ?? [], query.period);
  // Not `no-data` of the verdict: reports may arrive of which nothing that decides is counted, as of a feature that is stopped.
  const silent = silenceOf(page, health) !== null;
  const disagreements = disagreementsOf(all, { outputs: subject.outputs, days: daysBehind(findings) });
  return {
    feature: subject.names.feature,
    query,
    from: frame.span.from,
    to: frame.slots.at(-1)?.until ?? frame.span.to,
    resolution: frame.resolution,
    verdict: { standing, sentence, metric, began, sinceControl },
    panels: findings.map((finding) => panelOf(finding, told, chosen)),
    markers: markers.filter(({ at }) => at >= frame.span.from),
    disagreements,
    beside: besideOf({ readings: all, judged, disagreements, silent, people }),
    ladder: ladderOf(frame.slots, byBucket(page.rows.now), page.reported, page.now),
    health,
    cuts: withOwn(cutChoices(segments.cuts, subject.names), page),
    arms: armChoices(segments.releases, subject.names),
  };
}

/** What was found out, and of it what decides here. Where arms are compared, what cannot be told of an arm has no say. */
function readingsOf(page: Page, findings: readonly Finding[]): { all: MetricReading[]; judged: MetricReading[] } {
  const told = findings.filter(({ definition }) => page.pair === null || definition.splits);
  const isJudged = judgedOn(page);
  return {
    all: told.map(({ reading }) => reading),
    judged: told.filter(({ definition }) => isJudged(definition)).map(({ reading }) => reading),
  };
}

/** The verdict on the metrics that decide here, and what it is about. */
export function verdictOfPage(
  page: Page,
  findings: readonly Finding[],
  health: DataHealth,
): ReturnType<typeof verdictOf> {
  return verdictOf(readingsOf(page, findings).judged, { now: page.now, silentSince: silenceOf(page, health) });
}

/** Since when nobody reports of the feature, epoch ms; null: somebody does, or that nobody does is no news. */
function silenceOf({ heard, reports, frame, now }: Page, { silent }: DataHealth): number | null {
  const reported = reports.instances;
  return silentSince({ ...heard, reported, silent: silent.length, from: frame.span.from, now });
}

/** What the figures of a page rest on: all of the traffic that is looked at, with its people, also where two arms of it are compared. */
export function healthOf(page: Page, told: Told): DataHealth {
  const { rows, servers, heard, reports, lastReportedAt, now } = page;
  const sums = addMeasures(rows.now.map(({ measures }) => measures));
  const exact = told.people !== null && reports.users.exact;
  const { sample: people } = peopleOfPeriod(page);
  return dataHealth(sums, { servers, heard, reports, lastReportedAt, people, exact, now });
}

/** What is looked at stays in the menu when it had nothing in the period. */
function withOwn(cuts: MetricsView["cuts"], { query, subject }: Page): MetricsView["cuts"] {
  if (cuts.some(({ value }) => value === query.cut)) return cuts;
  return [...cuts, { value: query.cut, label: cutLabel(query.cut, subject.names) }];
}
