import { v5 as uuidv5 } from "uuid";
import { DAY_MS } from "#lib/core/time.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { AppError } from "#lib/errors.ts";

/** What a seed scenario is given. */
export type SeedContext = {
  db: PrismaClient;
  /** Address of that database: seeds stay on this machine unless `anywhere`. */
  databaseUrl: string;
  /** Said by whoever runs it: this database may be on another machine. */
  anywhere: boolean;
  now: Date;
  /** One password for every person that is made. */
  password: string;
  /** Secret part of the support desks' API key in Production; absent: made up, and said once. */
  deskSecret?: string;
  /** How many days of history a story tells; 60 where it is absent. */
  historyDays?: number;
  /** Takes a line for whoever runs it. */
  say(line: string): void;
};

const NAMESPACE = "5eed5eed-0000-4000-8000-000000000000";

/** The id of a seeded row, always the same for one name, so that a second run finds what the first one made. */
export function idOf(table: string, name: string): string {
  return uuidv5(`${table}/${name}`, NAMESPACE);
}

/** So many days before. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

const LOCAL = new Set(["", "localhost", "127.0.0.1", "[::1]"]);

/**
 * Keeps example people and keys with a known password off databases that somebody may rely on.
 * @throws AppError `precondition-failed` when the database is on another machine and nobody said that it may be.
 */
export function refuseFarDatabase({ databaseUrl, anywhere }: Pick<SeedContext, "databaseUrl" | "anywhere">): void {
  const { hostname, searchParams } = new URL(databaseUrl);
  const host = searchParams.get("host") ?? hostname;
  if (anywhere || LOCAL.has(host) || host.startsWith("/")) return;
  throw new AppError(
    "precondition-failed",
    `The database is on ${host}, and example people with one shared password do not belong there. Run it with --anywhere if you mean it.`,
  );
}
