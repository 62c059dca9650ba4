import { Pool } from "pg";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

const anchor = globalThis as typeof globalThis & { evenkeelTelemetryPool?: Pool };

/** A pool for telemetry, apart from Prisma's, so that a flood of events cannot take the connections a stop needs. */
export function makePool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: 4,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    application_name: "evenkeel-telemetry",
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  return pool;
}

function databaseUrl(): string {
  if (!env.DATABASE_URL) throw new AppError("unavailable", "There is no database to keep events in.");
  return env.DATABASE_URL;
}

/** The process's telemetry pool. Anchored on `globalThis`, because Next gives routes and instrumentation each their own module instance. */
export function telemetryPool(): Pool {
  anchor.evenkeelTelemetryPool ??= makePool(databaseUrl());
  return anchor.evenkeelTelemetryPool;
}
