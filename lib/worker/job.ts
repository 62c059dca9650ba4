import type pg from "pg";
import type { Context } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";

/** What a job works with. `contexts`: one for each environment, as the automation of that job's name. `signal`: the worker is about to stop. */
export type JobTools = {
  db: PrismaClient;
  pool: pg.Pool;
  now: Date;
  contexts(): Promise<Context[]>;
  signal: AbortSignal;
};

/**
 * Work of the worker. Safe to run twice. Either again and again (`everyMs` after the last run ended, on the leading worker only), or by the clock
 * (`cron`, five fields, UTC) through the queue.
 */
export type Job = { name: string; run(tools: JobTools): Promise<void> } & ({ everyMs: number } | { cron: string });

/** Runs work in one environment after the other. One that fails does not keep the others waiting; the first error is thrown at the end. */
export async function inEachEnvironment(
  { contexts }: JobTools,
  work: (ctx: Context) => Promise<unknown>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const ctx of await contexts()) await work(ctx).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
