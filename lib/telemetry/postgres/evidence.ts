import type { Pool } from "pg";
import { harmOf } from "#lib/core/events/harm.ts";
import { COUNTED_PEOPLE } from "#lib/core/metrics/distinct-people.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import type { EvidenceAsked, EvidenceRow, EvidenceSource, LastEvent } from "../evidence-source.ts";
import type { Span } from "../figure-source.ts";
import { countDecisions } from "./evidence-count.ts";
import {
  type DecisionRow,
  HARMED_AT_ONCE,
  type Of,
  PAGE,
  readDecisions,
  readHarmed,
  readNamed,
  withSignals,
} from "./evidence-rows.ts";
import { lastEvents } from "./last-events.ts";
import { countLooseHarm } from "./loose-harm.ts";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Stretches of a day in which the ids of a span were made, so that no statement grows with it; then (null) those whose ids tell nothing of their time. */
function* stretches({ from, to }: Span): Generator<Span | null> {
  for (let at = from - HOUR_MS; at < to + HOUR_MS; at += DAY_MS)
    yield { from: at, to: Math.min(at + DAY_MS, to + HOUR_MS + 1) };
  yield null;
}

/** The decisions of a stretch, page by page. */
async function* everyDecision(pool: Pool, of: Of, made: Span | null): AsyncGenerator<DecisionRow[], void> {
  for (let after = FIRST_ID; ; ) {
    const page = await readDecisions(pool, of, made, after);
    const last = page.at(-1);
    if (last) yield page;
    if (!last || page.length < PAGE) return;
    after = last.decision;
  }
}

/**
 * Those of a stretch that hurt, page by page. They are looked for from their signals, in the order of the decisions' ids: few answers hurt, so what is read
 * goes by these and not by all that were given.
 */
async function* harmedDecisions(pool: Pool, of: Of, made: Span): AsyncGenerator<DecisionRow[], void> {
  for (let after = FIRST_ID; ; ) {
    const ids = await readHarmed(pool, of, made, after);
    for (let at = 0; at < ids.length; at += PAGE) {
      const page = await readNamed(pool, of, ids.slice(at, at + PAGE));
      if (page.length > 0) yield page;
    }
    const last = ids.at(-1);
    if (!last || ids.length < HARMED_AT_ONCE) return;
    after = last;
  }
}

/** Raw events of `telemetry`, page by page by id, so that no statement and no page grows with the span. `most`: people that are counted one by one. */
export function postgresEvidence(pool: Pool, most = COUNTED_PEOPLE): EvidenceSource {
  async function* read(
    environmentId: string,
    { feature, span, answers }: EvidenceAsked,
    signal: AbortSignal,
  ): AsyncGenerator<EvidenceRow[], void> {
    const of: Of = { environmentId, feature, span };
    for (const made of stretches(span)) {
      if (signal.aborted) return;
      const pages = answers === "harmed" && made ? harmedDecisions(pool, of, made) : everyDecision(pool, of, made);
      for await (const page of pages) {
        const rows = await withSignals(pool, environmentId, page);
        const meant = answers === "every" ? rows : rows.filter(({ signals }) => harmOf(signals).length > 0);
        if (meant.length > 0 && !signal.aborted) yield meant;
        if (signal.aborted) return;
      }
    }
  }

  return {
    read,

    async keptSince() {
      const { rows } = await pool.query<{ day: Date }>(
        "select date_trunc('day', uuid_extract_timestamp(id), 'UTC') as day from telemetry.decision order by id limit 1",
      );
      return rows[0]?.day.getTime() ?? null;
    },

    count(environmentId, { feature, span, answers }, signal) {
      return countDecisions(pool, { environmentId, feature, span }, answers, most, signal);
    },

    looseHarm(environmentId, feature, span) {
      return countLooseHarm(pool, environmentId, feature, span);
    },

    last(environmentId, asked, limit): Promise<LastEvent[]> {
      return lastEvents(pool, environmentId, asked, limit);
    },
  };
}
