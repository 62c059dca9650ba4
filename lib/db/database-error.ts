import { AppError } from "../errors.ts";

/** Prisma: cannot reach, timed out, refused, connection closed, too many connections, no connection free, pool timeout. */
const PRISMA_AWAY = new Set(["P1000", "P1001", "P1002", "P1003", "P1008", "P1010", "P1011", "P1017", "P2024", "P2037"]);
/** PostgreSQL: connection exceptions (class 08), shutting down or starting up (57P01 to 57P05), too many connections, disk full. */
const POSTGRES_AWAY = /^(08...|57P0[1-5]|53...)$/;
const SOCKET_AWAY = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|can't reach database|unable to start a transaction/i;
const AWAY_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "TooManyConnections",
  "SocketTimeout",
  "TlsConnectionError",
]);
/** PostgreSQL: serialization failure, deadlock. Prisma: the same. */
const WRITE_CONFLICT = new Set(["40001", "40P01", "P2034"]);

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** An error, its causes, and what Prisma's adapter hides in `meta`, outermost first. */
function* causes(error: unknown): Generator<unknown> {
  let current = error;
  for (let depth = 0; depth < 6 && current !== undefined && current !== null; depth++) {
    yield current;
    const hidden = property(property(current, "meta"), "driverAdapterError");
    current = hidden ?? property(current, "cause");
  }
}

/** Whether nothing is wrong with the statement, but the database cannot be talked to. */
export function isDatabaseAway(error: unknown): boolean {
  for (const cause of causes(error)) {
    const code = property(cause, "code") ?? property(cause, "originalCode") ?? property(cause, "errorCode");
    if (typeof code === "string") {
      if (PRISMA_AWAY.has(code) || POSTGRES_AWAY.test(code) || SOCKET_AWAY.has(code)) return true;
    }
    if (AWAY_KINDS.has(String(property(cause, "kind")))) return true;
    if (cause instanceof Error && AWAY_MESSAGE.test(cause.message)) return true;
  }
  return false;
}

/** Whether PostgreSQL rolled a transaction back because of another one, so that running it again is right. */
export function isWriteConflict(error: unknown): boolean {
  for (const cause of causes(error)) {
    const code = property(cause, "code") ?? property(cause, "originalCode");
    if (typeof code === "string" && WRITE_CONFLICT.has(code)) return true;
    if (property(cause, "kind") === "TransactionWriteConflict") return true;
  }
  return false;
}

/** PostgreSQL ended a statement that took longer than it may. */
const TOO_SLOW = "57014";

function isTooSlow(error: unknown): boolean {
  for (const cause of causes(error)) {
    if ((property(cause, "code") ?? property(cause, "originalCode")) === TOO_SLOW) return true;
  }
  return false;
}

/** AppError `unavailable` when the database is away or too slow; any other error as it is. Use it wherever a plain read may fail. */
export function databaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const because = isDatabaseAway(error)
    ? "Evenkeel's database cannot be reached right now. Try again in a moment."
    : isTooSlow(error)
      ? "This took Evenkeel's database too long. Try again in a moment, or ask for less at a time."
      : null;
  return because === null ? error : new AppError("unavailable", because, {}, { cause: error });
}
