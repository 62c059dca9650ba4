import type pg from "pg";
import { PgBoss } from "pg-boss";
import { log } from "#lib/log.ts";

/** A job of the queue: what runs, and when (five cron fields, UTC). */
export type QueuedJob = { name: string; cron: string; run(): Promise<void> };

const RETRIES = 3;
const STOP_TIMEOUT_MS = 1_500;

/**
 * Starts the queue over a pool of ours, so that it too works as the limited role; its tables were made by `npm run db:migrate`.
 * Returns what stops it; a run under way gets a second and a half.
 */
export async function startQueue(pool: pg.Pool, jobs: readonly QueuedJob[]): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    migrate: false,
    createSchema: false,
    // Rebuilding indexes needs their owner.
    reindex: false,
  });
  boss.on("error", (error) => log.warn({ error }, "the job queue has trouble"));
  await boss.start();
  for (const job of jobs) {
    await boss.createQueue(job.name, { policy: "exclusive", retryLimit: RETRIES, retryBackoff: true });
    await boss.work(job.name, () => job.run());
    await boss.schedule(job.name, job.cron);
  }
  return () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
}
