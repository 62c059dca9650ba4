import type pg from "pg";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { log } from "#lib/log.ts";
import { automationContexts } from "./automation-context.ts";
import type { Job } from "./job.ts";
import { JOBS } from "./jobs.ts";
import { standForLeader } from "./leader.ts";
import { startQueue } from "./queue.ts";
import { repeat } from "./repeat.ts";

export type WorkerOptions = {
  db: PrismaClient;
  pool: pg.Pool;
  /** The database past any pooler: the lead is a lock that belongs to a connection. */
  directUrl: string;
  /** What to run; absent: all of it. */
  jobs?: readonly Job[];
};

/** Starts the worker: jobs by the clock through the queue, frequent ones on the leading worker. `stop` ends both within a few seconds. */
export async function startWorker({
  db,
  pool,
  directUrl,
  jobs = JOBS,
}: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const leader = standForLeader(directUrl);

  async function run(job: Job): Promise<void> {
    const now = new Date();
    const contexts = () => automationContexts(db, job.name, now);
    await job.run({ db, pool, now, contexts, signal: stopping.signal });
  }

  const repeated = jobs.flatMap((job) =>
    "everyMs" in job
      ? [
          repeat(
            job.everyMs,
            leader.isLeading,
            () => run(job),
            (error) => log.error({ error, job: job.name }, "a job failed; it will run again"),
          ),
        ]
      : [],
  );
  const queued = jobs.flatMap((job) =>
    "cron" in job ? [{ name: job.name, cron: job.cron, run: () => run(job) }] : [],
  );
  const stopQueue = await startQueue(pool, queued);
  log.info({ jobs: jobs.map((job) => job.name) }, "the worker runs");

  return {
    stop: async () => {
      stopping.abort();
      await Promise.allSettled([stopQueue(), ...repeated.map((stop) => stop())]);
      await leader.close();
    },
  };
}
