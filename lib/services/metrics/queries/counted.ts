import type { Context } from "#lib/context.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { figureOf } from "#lib/core/metrics/figure.ts";
import { promptAnswers } from "#lib/telemetry/shared-answers.ts";
import { evidenceSource } from "#lib/telemetry/store.ts";
import { formulaSaid } from "../present/formula.ts";
import { frameOf, resolutionOf } from "../present/frame.ts";
import { isOfSignals, kindsBehind, shownEvent } from "../present/last-events.ts";
import { findingsOf, readingView } from "../present/panels.ts";
import { settledFindings } from "../present/settled-findings.ts";
import type { CountedView, MetricsQuery } from "../schema.ts";
import { readPage } from "./page.ts";
import type { Subject } from "./subject.ts";
import { toldOf } from "./told.ts";
import { healthOf, judgedOn } from "./view.ts";

const SHOWN = 20;
const SCENARIO = "scenario:";

/** How one metric was counted over one period; null when there is no such figure for this part of the traffic or period. */
export async function buildCounted(
  ctx: Context,
  subject: Subject,
  query: MetricsQuery,
  definition: MetricDefinition,
): Promise<CountedView | null> {
  const [page, events] = await Promise.all([
    readPage(ctx, subject, query),
    readEvents(ctx, subject, query, definition),
  ]);
  const told = toldOf(page);
  const found = settledFindings(findingsOf(told), judgedOn(page)).find((each) => each.definition === definition);
  if (found === undefined) return null;
  const { numerator, denominator } = figureOf(definition, found.toldOf);
  return {
    reading: readingView(found, told, new Set(subject.chosen)),
    formula: formulaSaid(definition, subject.weights),
    numerator,
    denominator,
    health: healthOf(page, told),
    lastEvents: events,
  };
}

/** Figures are known without them, so they hold up nothing: whoever looks again has them then. */
const newest = promptAnswers("last events", { freshMs: 2_000, patienceMs: 1_500, most: 100 });

/** Raw events know their scenarios, not their cohorts and dimensions: of those parts none are shown rather than others'. Null: they could not be read in time. */
async function readEvents(
  ctx: Context,
  { names, zone }: Subject,
  { feature, cut, period }: MetricsQuery,
  { key: metric, formula }: MetricDefinition,
): Promise<CountedView["lastEvents"]> {
  if (cut !== "" && !cut.startsWith(SCENARIO)) return [];
  const { span } = frameOf(period, resolutionOf(period, 0), ctx.now.getTime(), zone);
  const asked = {
    ...{ feature, scenario: cut === "" ? null : cut.slice(SCENARIO.length), span },
    ...{ kinds: kindsBehind(formula), decisions: !isOfSignals(formula) },
  };
  const key = JSON.stringify([ctx.environment.id, feature, period, cut, metric]);
  const events = await newest(key, ctx.now, () => evidenceSource().last(ctx.environment.id, asked, SHOWN), null);
  return events?.map((event) => shownEvent(event, names)) ?? null;
}
