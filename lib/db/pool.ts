import pg from "pg";

const STATEMENT_TIMEOUT_MS = 15_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;

export type PoolOptions = {
  /** Most connections at once. */
  max?: number;
  /** Shown in `pg_stat_activity`. */
  name?: string;
  /** Whether connections drop to the limited role at once (the default), whatever role they signed in as. */
  limited?: boolean;
  /** Whether a pooler stands before the database: it passes no settings on, so they must be set on the role. */
  pooled?: boolean;
};

/**
 * A connection pool with time limits, in UTC (Prisma's adapter drops the zone of what it reads, so any other zone would shift every
 * time). Losing an idle connection is not an error of anybody: the next query gets a new one.
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const settings = ["timezone=UTC", `statement_timeout=${STATEMENT_TIMEOUT_MS}`];
  settings.push(`idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_TIMEOUT_MS}`);
  if (options.limited ?? true) settings.push("role=evenkeel_app");
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? "evenkeel",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(options.pooled ? {} : { options: settings.map((setting) => `-c ${setting}`).join(" ") }),
  });
  pool.on("error", () => {});
  return pool;
}
