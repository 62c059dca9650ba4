import PQueue from "p-queue";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { type KindReading, type WhereWorse, whereWorse } from "#lib/core/metrics/where-worse.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import { promptAnswers } from "#lib/telemetry/shared-answers.ts";
import { frameOf, resolutionOf } from "../present/frame.ts";
import { findingOf } from "../present/panels.ts";
import type { FeatureVerdict } from "../schema.ts";
import type { Page } from "./page.ts";
import { type Asking, readRows, spanOfSlots } from "./rows.ts";
import { toldOf } from "./told.ts";

/** Kinds of case that are told apart, those with most requests first: the rest are small, and each costs questions. */
const MOST_KINDS = 12;
const CUT = "scenario:";
/** Where it is worse changes slowly and costs more than the verdict, which hardly waits for it: whoever asks next has it. */
const found = promptAnswers("where it is worse", { freshMs: 60_000, patienceMs: 250, most: 100 });
/** Features looked into at once, because in an incident many are worse and the same connections serve the verdicts. */
const AT_ONCE = 2;
/** A question that never comes back must not keep the others waiting for ever. */
const LONGEST_MS = 60_000;

const anchor = globalThis as typeof globalThis & { evenkeelWhereTurns?: PQueue };

/** Where kinds of case have too little in the period of the verdict, this one may hold enough. */
const LONGER = "28d";

/**
 * In which kinds of case a metric is worse that is worse on `page`, read as the metric page reads each of them, in the same period or in the last 28 days. Null where
 * it cannot be told apart by kinds of case, or not yet.
 */
export async function whereOf(
  asking: Asking,
  page: Page,
  definition: MetricDefinition,
): Promise<FeatureVerdict["where"]> {
  const { kind } = definition.formula;
  if (kind === "users" || kind === "people") return null;
  const { feature, period } = page.query;
  const about = JSON.stringify([asking.environmentId, feature, definition.key, period]);
  return found<FeatureVerdict["where"]>(
    about,
    asking.now,
    () => inTurn(() => findWhere(asking, page, definition)),
    null,
  );
}

function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  anchor.evenkeelWhereTurns ??= new PQueue({ concurrency: AT_ONCE, timeout: LONGEST_MS });
  return anchor.evenkeelWhereTurns.add(ask);
}

async function findWhere(asking: Asking, page: Page, definition: MetricDefinition): Promise<FeatureVerdict["where"]> {
  const { period } = page.query;
  const where = await whereOn(asking, page, definition);
  if (where?.spread !== "not-enough") return where && { ...where, period };
  const now = asking.now.getTime();
  const frame = frameOf(LONGER, resolutionOf(LONGER, 0), now, page.subject.zone);
  const longer = { ...page, frame, query: { ...page.query, period: LONGER } } as const;
  const told = await whereOn(asking, longer, definition);
  return told === null || told.spread === "not-enough" ? { ...where, period } : { ...told, period: LONGER };
}

async function whereOn(asking: Asking, page: Page, definition: MetricDefinition): Promise<WhereWorse | null> {
  const { feature, scenarios } = page.subject.names;
  const { source, environmentId, now } = asking;
  const days = spanOfSlots(page.frame.days, now.getTime());
  const { cuts } = await source.segments(environmentId, feature.key, days);
  const known = cuts.flatMap(({ cut }) => {
    const key = cut.startsWith(CUT) ? cut.slice(CUT.length) : "";
    return Object.hasOwn(scenarios, key) ? [key] : [];
  });
  if (known.length < 2) return null;
  const readings = await Promise.all(known.slice(0, MOST_KINDS).map((key) => readKind(asking, page, definition, key)));
  return whereWorse(readings.filter((each) => each !== null));
}

async function readKind(
  asking: Asking,
  page: Page,
  definition: MetricDefinition,
  key: string,
): Promise<KindReading | null> {
  const { frame, query, subject } = page;
  const cut = { feature: query.feature, cut: `${CUT}${key}` };
  const now = asking.now.getTime();
  const lately = { from: Math.floor(now / HOUR_MS) * HOUR_MS - 23 * HOUR_MS, to: now };
  const limited = definition.comparisons.some((each) => each.with === "line");
  const [rows, recent] = await Promise.all([
    readRows(asking, cut, frame, definition.formula.kind === "quantile"),
    limited ? asking.source.window(asking.environmentId, cut, lately, "hour") : [],
  ]);
  // How many people a kind of case had is not counted, so enough answers must stand for them.
  const part: Page = { ...page, query: { ...query, cut: cut.cut }, rows, recent, users: null, parts: [] };
  const finding = findingOf(definition, toldOf(part));
  return finding && { key, name: subject.names.scenarios[key] ?? key, reading: finding.reading };
}
