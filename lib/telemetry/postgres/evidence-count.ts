import type { Pool } from "pg";
import type { WhichAnswers } from "#lib/core/events/harm.ts";
import { DistinctPeople } from "#lib/core/metrics/distinct-people.ts";
import { AppError } from "#lib/errors.ts";
import type { EvidenceCount } from "../evidence-source.ts";
import type { Span } from "../figure-source.ts";
import type { Of } from "./evidence-rows.ts";
import { HARMFUL, HARMFUL_SINCE, MADE_WITHIN, NEAR, OF_FEATURE, PSEUDONYM, STRAY } from "./evidence-where.ts";
import { inDaysMade, inStretches } from "./stretches.ts";

/** Those who got decisions whose ids were made in [$7, $8), which is never more than a day. */
const NEAR_ONES = `select user_hash from telemetry.decision where ${OF_FEATURE} and ${NEAR} and ${MADE_WITHIN("$7", "$8")}`;
/** Those who got one whose id tells nothing of its time. */
const STRAYS = `select user_hash from telemetry.decision where ${OF_FEATURE} and ${STRAY}`;

/** What is counted. What hurt is found first and by itself: looked up decision by decision, it takes many times as long. */
const MEANT: Readonly<Record<WhichAnswers, Readonly<Record<"near" | "stray", string>>>> = {
  every: { near: `meant as materialized (${NEAR_ONES})`, stray: `meant as materialized (${STRAYS})` },
  harmed: {
    near: `hurt as materialized (select distinct decision_id from telemetry.signal
        where ${HARMFUL_SINCE("$7")} and ${MADE_WITHIN("$7", "$8", "decision_id")}),
      meant as materialized (${NEAR_ONES} and id in (select decision_id from hurt))`,
    stray: `hurt as materialized (select distinct decision_id from telemetry.signal
        where ${HARMFUL} and decision_id in (select id from telemetry.decision where ${OF_FEATURE} and ${STRAY})),
      meant as materialized (${STRAYS} and id in (select decision_id from hurt))`,
  },
};

/**
 * Counts the decisions of one stretch (null: the strays) and tells `people` whose they were. Nobody is told of more than `people` can remember: when there are
 * more, it remembers fewer of them, and those are asked for again.
 */
async function countStretch(
  pool: Pool,
  of: Of,
  answers: WhichAnswers,
  made: Span | null,
  people: DistinctPeople,
): Promise<Pick<EvidenceCount, "decisions" | "unnamed">> {
  while (true) {
    const { mask } = people;
    const where = made ? "near" : "stray";
    const { rows } = await pool.query<{ user: string | null; decisions: string | null; unnamed: string | null }>({
      name: `evidence-count-${answers}-${where}`,
      text: `with ${MEANT[answers][where]}
        select null as user, count(*) as decisions, count(*) filter (where user_hash is null) as unnamed from meant
        union all (select distinct ${PSEUDONYM("user_hash")}, null::bigint, null::bigint from meant
          where user_hash is not null and ('x' || right(user_hash::text, 8))::bit(32)::bigint & $5 = 0 limit $6)`,
      values: [
        ...[of.environmentId, of.feature, new Date(of.span.from), new Date(of.span.to), mask, people.most + 1],
        ...(made ? [new Date(made.from), new Date(made.to)] : []),
      ],
    });
    for (const { user } of rows) if (user !== null) people.add(user);
    if (rows.length - 1 <= people.most || people.mask === mask) {
      const counted = rows.find(({ decisions }) => decisions !== null);
      return { decisions: Number(counted?.decisions ?? 0), unnamed: Number(counted?.unnamed ?? 0) };
    }
  }
}

/** What is asked for, and to how many people it went: `most` of them one by one. @throws AppError `unavailable` when `signal` says that nobody waits any more. */
export async function countDecisions(
  pool: Pool,
  of: Of,
  answers: WhichAnswers,
  most: number,
  signal: AbortSignal,
): Promise<EvidenceCount> {
  const people = new DistinctPeople(most);
  let [decisions, unnamed] = [0, 0];
  async function* count(those: Of, made: Span | null) {
    if (signal.aborted) throw new AppError("unavailable", "Nobody waits for this count any more.");
    yield await countStretch(pool, those, answers, made, people);
  }
  async function* counts() {
    yield* inDaysMade(of.span, (made) => count(of, made));
    // Those whose ids tell nothing of their time are few, and found by the time itself.
    yield* inStretches(of.span, of.span.to - of.span.from, (span) => count({ ...of, span }, null));
  }
  for await (const counted of counts()) {
    decisions += counted.decisions;
    unnamed += counted.unnamed;
  }
  return { decisions, unnamed, ...people.count() };
}
