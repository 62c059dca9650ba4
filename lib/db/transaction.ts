import { setTimeout as wait } from "node:timers/promises";
import { databaseError, isWriteConflict } from "./database-error.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";

/** A Prisma client inside a transaction. */
export type Tx = Prisma.TransactionClient;

const MAX_WAIT_MS = 5_000;
const TIMEOUT_MS = 15_000;
const ATTEMPTS = 4;
const BACKOFF_MS = 15;

/**
 * Runs `change` in one transaction (read committed; locks are the caller's). When PostgreSQL ends it for a deadlock or a serialization
 * failure nothing was written, so it is run again, up to three times: `change` must touch nothing but `tx`.
 * @throws AppError `unavailable` when the database is away; whatever `change` throws, after a rollback.
 */
export async function transaction<T>(db: PrismaClient, change: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(change, { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS });
    } catch (error) {
      if (attempt === ATTEMPTS || !isWriteConflict(error)) throw databaseError(error);
      await wait(BACKOFF_MS * attempt * (1 + Math.random()));
    }
  }
}
