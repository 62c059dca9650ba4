import pg, { type Pool } from "pg";
import { seededRandom } from "#lib/core/stats/testing/random.ts";
import { postgresEvidence } from "#lib/telemetry/postgres/evidence.ts";
import { postgresFigures } from "#lib/telemetry/postgres/figures.ts";
import { createPool } from "../../db/pool.ts";
import { env } from "../../env.ts";
import { type BenchDatabase, startBenchConsole } from "./bench-console.ts";
import { fillDays } from "./charts-fill.ts";
import { multiply } from "./charts-multiply.ts";
import { measurePages } from "./charts-pages.ts";
import { chartQuestions } from "./charts-questions.ts";
import { figure, quantile } from "./figure.ts";

const ROUNDS = 20;
const TIMES = 10;
/** While the tables are filled; nothing of what is measured waits for the disk. */
const FOR_FILLING = ["fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '1GB'"];
const say = (words: string) => console.error(words);

const nameOf = (events: number) => (events >= 1_000_000 ? `${events / 1_000_000}m` : `${events / 1000}k`);

/** Fills the database and calls `measure` with one tenth of the events and with all of them. */
async function fill(database: BenchDatabase, now: number, measure: (pool: Pool, events: number) => Promise<void>) {
  const pool = createPool(database.appUrl);
  // What fills the tables takes longer than a statement may in production.
  const owner = new pg.Pool({ connectionString: database.ownerUrl, options: "-c timezone=UTC" });
  try {
    for (const setting of FOR_FILLING) await owner.query(`alter system set ${setting}`);
    await owner.query("select pg_reload_conf()");
    const events = env.BENCH_EVENTS / TIMES;
    await fillDays(owner, { environmentId: database.environmentId, events, until: now, say });
    await settled(owner);
    await measure(pool, events);
    await multiply(owner, TIMES, say);
    await settled(owner);
    await measure(pool, events * TIMES);
  } finally {
    await Promise.all([pool.end(), owner.end()]);
  }
}

/** What autovacuum would have done by the time that anybody looks. */
async function settled(owner: Pool): Promise<void> {
  await owner.query("vacuum analyze");
  const { rows } = await owner.query<{ table: string; rows: number; mb: number }>(
    `select split_part(relname, '_2', 1) as table, sum(greatest(reltuples, 0))::float8 as rows, round(sum(pg_total_relation_size(c.oid)) / 1e6)::float8 as mb
     from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'telemetry' and relkind = 'r' group by 1 order by 3 desc`,
  );
  for (const { table, rows: count, mb } of rows) say(`${table}: ${count} rows, ${mb} MB`);
}

/** Times of every question in mixed order, milliseconds by the question's name; the first round only warms up. */
async function ask(pool: Pool, environmentId: string, now: number): Promise<Map<string, number[]>> {
  const figures = postgresFigures(pool, async () => "UTC");
  const questions = chartQuestions({ figures, evidence: postgresEvidence(pool), environmentId, now });
  const { uniform } = seededRandom(3);
  const times = new Map<string, number[]>(questions.map(({ name }) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    const mixed = questions.map((question) => ({ question, place: uniform() })).sort((a, b) => a.place - b.place);
    for (const { question } of mixed) {
      const started = performance.now();
      await question.ask();
      if (round > 0) times.get(question.name)?.push(performance.now() - started);
    }
  }
  return times;
}

/**
 * How long the metric page's questions take over 60 days with 1 and with 10 million raw events (`BENCH_EVENTS` says another number), and the page itself with the latter.
 * The first tenth goes through the sink; the rest are copies of it by other users, made in the database.
 */
export async function benchCharts(): Promise<void> {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const p95s: number[] = [];
  const bench = await startBenchConsole((database) =>
    fill(database, now, async (pool, events) => {
      const times = await ask(pool, database.environmentId, now);
      const all = [...times.values()].flat();
      const size = nameOf(events);
      p95s.push(quantile(all, 0.95));
      figure(`charts.p50.${size}`, quantile(all, 0.5), "ms");
      figure(`charts.p95.${size}`, quantile(all, 0.95), "ms");
      figure(`charts.max.${size}`, Math.max(...all), "ms");
      const slowest = [...times].map(([name, own]) => ({ name, p95: quantile(own, 0.95) }));
      slowest.sort((a, b) => b.p95 - a.p95);
      figure(`charts.slowest.p95.${size}`, slowest[0]?.p95 ?? Number.NaN, "ms");
      for (const { name, p95 } of slowest.slice(0, 8)) say(`${name}: p95 ${p95.toFixed(1)} ms`);
    }),
  );
  try {
    figure("charts.ratio", (p95s[1] ?? Number.NaN) / (p95s[0] ?? Number.NaN), "x");
    await measurePages(bench, nameOf(env.BENCH_EVENTS));
  } finally {
    await bench.stop();
  }
}
