import type { Pool } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { SignalEvent } from "#lib/core/events/event.ts";
import { seededRandom } from "#lib/core/stats/testing/random.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import type { SinkDecision, SinkEvent } from "#lib/telemetry/event-sink.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";

/** Raw rows in one transaction: storing is what takes the time, and it is the same work in fewer, bigger pieces. */
const BATCH = 30_000;
/** Figures by the minute are kept this long. */
const MINUTES_KEPT_DAYS = 8;
/** Of each 100 events this many are decisions; the others say what became of them. */
const DECISIONS_OF_100 = 45;

type Kinds = [SignalEvent["kind"], ...SignalEvent["kind"][]];
const OFTEN: Kinds = ["shown", "shown", "accepted", "accepted", "edited", "dismissed", "regenerated", "thumbs-up"];
/** Harm of which a month has a handful: one signal of so many. */
const SELDOM: Kinds = ["escalated", "policy-violation"];
const RARE = 20_000;

const FILLED_DAYS = 60;
export const FILLED_FEATURE = "reply-assistant";

type Fill = { environmentId: string; events: number; until: number; say: (words: string) => void };

/**
 * 60 days of events, through the sink itself, hour by hour: all tables are what they would be had the events come one batch after the other, but for
 * the size of the batches. Three features, four scenarios, two cohorts, five countries, two releases in two arms, one user for 200 events.
 */
export async function fillDays(pool: Pool, { environmentId, events, until, say }: Fill): Promise<void> {
  const sink = postgresSink(pool);
  const from = until - FILLED_DAYS * DAY_MS;
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  await pool.query("select telemetry.ensure_partitions($1::date, $2::date)", [dayOf(from), dayOf(until)]);
  const hours = FILLED_DAYS * 24;
  const traffic = hoursOf(events / 200);
  const started = performance.now();
  let waiting: SinkEvent[] = [];
  for (let hour = 0, done = 0; hour < hours; hour++) {
    const due = Math.round(((hour + 1) * events) / hours) - done;
    const at = from + hour * HOUR_MS;
    waiting.push(...traffic(at, due));
    done += due;
    const endOfDay = hour % 24 === 23;
    while (waiting.length >= BATCH || (endOfDay && waiting.length > 0)) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      await sink.append(environmentId, batch, {
        receivedAt: (event) => Date.parse(event.at) + 2_000,
        minutesSince: until - MINUTES_KEPT_DAYS * DAY_MS,
      });
    }
    if (!endOfDay) continue;
    const rate = Math.round((done * 1000) / (performance.now() - started));
    say(`${done} of ${events} events, ${rate} a second`);
  }
}

/** Makes `count` events of the hour that begins at `at`. */
function hoursOf(users: number): (at: number, count: number) => SinkEvent[] {
  const { uniform } = seededRandom(41);
  const below = (limit: number) => Math.floor(uniform() * limit);
  const pick = <T>(of: readonly [T, ...T[]]): T => of[below(of.length)] ?? of[0];
  // Some ask often, many seldom.
  const aUser = () => Math.floor(users * uniform() ** 2);
  const hashOf = (user: number) => (Math.imul(user + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0").repeat(4);
  const decisionAt = (at: number): SinkDecision => {
    const candidate = below(10) === 0;
    const failed = below(40) === 0;
    return {
      type: "decision",
      id: uuidv7({ msecs: at }),
      at: new Date(at).toISOString(),
      instance: `0199a000-0000-7000-8000-00000000000${below(4)}`,
      feature: pick([FILLED_FEATURE, FILLED_FEATURE, FILLED_FEATURE, "answer-finder", "case-summary"]),
      scenarios: [pick(["billing", "refunds", "shipping", "account"])],
      cohorts: below(3) === 0 ? ["region-de"] : below(5) === 0 ? ["beta"] : [],
      cohortsUnknown: [],
      release: candidate ? "bench-2" : "bench-1",
      arm: candidate ? "candidate" : "current",
      slot: below(100_000),
      ruleset: { epoch: "0199a000-0000-7000-8000-000000000000", version: 12 },
      userHash: hashOf(aUser()),
      task: `case ${Math.floor(at / HOUR_MS)} ${below(4000)}`,
      initiatedBy: below(3) === 0 ? "system" : "user",
      served: failed ? "template" : "primary",
      provider: "provider-x",
      model: "large",
      mode: "suggestion",
      latencyMs: Math.round(Math.exp(6.5 + 1.1 * (uniform() + uniform() + uniform() - 1.5))),
      costUsd: 0.0021,
      tokensIn: 800 + below(400),
      tokensOut: 100 + below(100),
      error: failed ? pick(["timeout", "error:503"]) : null,
      safetyFiltered: false,
      confidence: uniform(),
      controls: below(50) === 0 ? ["0199a000-0000-7000-8000-0000000000c1"] : [],
      dimensions: { country: pick(["de", "fr", "at", "ch", "us"]) },
      source: "sdk",
    };
  };
  const signalOf = (decision: SinkDecision, at: number): SignalEvent => {
    const kind = below(RARE) === 0 ? pick(SELDOM) : pick(OFTEN);
    return {
      type: "signal",
      id: uuidv7({ msecs: at }),
      at: new Date(at).toISOString(),
      decisionId: decision.id,
      kind,
      ...(kind === "edited" ? { value: below(120), changed: uniform() } : {}),
    };
  };
  return (from, count) => {
    const decisions = Array.from({ length: Math.ceil((count * DECISIONS_OF_100) / 100) }, (_, index) =>
      decisionAt(from + Math.floor(((index + uniform()) * HOUR_MS * 100) / (count * DECISIONS_OF_100)) - (index % 2)),
    );
    const signals = Array.from({ length: count - decisions.length }, () => {
      const decision = decisions[below(decisions.length)] ?? decisionAt(from);
      return signalOf(decision, Date.parse(decision.at) + below(600_000));
    });
    return [...decisions, ...signals].sort((a, b) => (a.at < b.at ? -1 : 1));
  };
}
