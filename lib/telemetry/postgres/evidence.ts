import type { Pool } from "pg";
import { harmOf } from "#lib/core/events/harm.ts";
import { COUNTED_PEOPLE } from "#lib/core/metrics/distinct-people.ts";
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
import { inDaysMade } from "./stretches.ts";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** The id of the last decision that was given: where a stretch is begun again, it goes on from there. */
type Given = { last: string };

/** The decisions of a stretch, page by page. */
async function* everyDecision(
  pool: Pool,
  of: Of,
  made: Span | null,
  given: Given,
): AsyncGenerator<DecisionRow[], void> {
  for (;;) {
    const page = await readDecisions(pool, of, made, given.last);
    const last = page.at(-1);
    if (!last) return;
    given.last = last.decision;
    yield page;
    if (page.length < PAGE) return;
  }
}

/**
 * Those of a stretch that hurt, page by page. They are looked for from their signals, in the order of the decisions' ids: few answers hurt, so what is read
 * goes by these and not by all that were given.
 */
async function* harmedDecisions(pool: Pool, of: Of, made: Span, given: Given): AsyncGenerator<DecisionRow[], void> {
  for (;;) {
    const ids = await readHarmed(pool, of, made, given.last);
    for (let at = 0; at < ids.length; at += PAGE) {
      const some = ids.slice(at, at + PAGE);
      const page = await readNamed(pool, of, some);
      given.last = some.at(-1) ?? given.last;
      if (page.length > 0) yield page;
    }
    if (ids.length < HARMED_AT_ONCE) return;
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
    const given = { last: FIRST_ID };
    async function* near(made: Span) {
      if (!signal.aborted) yield* (answers === "harmed" ? harmedDecisions : everyDecision)(pool, of, made, given);
    }
    async function* pages() {
      yield* inDaysMade(span, near);
      // Last those whose ids tell nothing of their time.
      if (!signal.aborted) yield* everyDecision(pool, of, null, { last: FIRST_ID });
    }
    for await (const page of pages()) {
      const rows = await withSignals(pool, environmentId, page);
      const meant = answers === "every" ? rows : rows.filter(({ signals }) => harmOf(signals).length > 0);
      if (meant.length > 0 && !signal.aborted) yield meant;
      if (signal.aborted) return;
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
