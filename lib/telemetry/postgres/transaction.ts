import type { Pool, PoolClient } from "pg";

/** SQLSTATEs after which the same transaction may well succeed: deadlock, serialisation. */
const TRY_AGAIN = new Set(["40P01", "40001"]);
/** The work itself took longer than a statement may: half of it takes less. Waiting for a lock ends otherwise (`inTurn`). */
export const TOO_SLOW = "57014";
const TRIES = 3;
/** Nobody waits longer for his turn; shorter than a statement may take, so that who waited is told from what took too long. */
const TURN_LIMIT = "14s";

export const stateOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** A lock's number: both halves of the environment's id. Other locks of ours are taken on other numbers. */
function lockOf(environmentId: string): bigint {
  const hex = environmentId.replaceAll("-", "");
  return BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`) ^ BigInt(`0x${hex.slice(16)}`));
}

/**
 * Runs `work` in a transaction that is the only one to write telemetry of its environment, in whatever process: it sees all that came before it and
 * nothing half. `before` runs in the same transaction while another one of the environment may still be at work, and must not read what that writes.
 * Compiling expressions (jit) costs more than statements of this size take. The table of decisions is taken first of all: whoever drops a day takes it
 * first, too, so that nobody who has the environment to himself waits for him in a circle.
 */
export async function inTurn<T, B = void>(
  pool: Pool,
  environmentId: string,
  work: (client: PoolClient, ready: B) => Promise<T>,
  before: (client: PoolClient) => Promise<B>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection that is lost while nobody waits for it says so as an event, and an event "error" that nobody hears ends the process.
    const lost = (error: Error) => {
      broken = error;
    };
    client.on("error", lost);
    try {
      await client.query(
        `begin; set local jit = off; set local lock_timeout = '${TURN_LIMIT}'; lock table only telemetry.decision in row exclusive mode`,
      );
      const ready = await before(client);
      await client.query(`select pg_advisory_xact_lock(${lockOf(environmentId)})`);
      const result = await work(client, ready);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error(String(cause));
      });
      if (tries >= TRIES || !TRY_AGAIN.has(stateOf(error))) throw error;
    } finally {
      if (!broken) client.off("error", lost);
      client.release(broken);
    }
  }
}
