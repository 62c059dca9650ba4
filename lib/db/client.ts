import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { env } from "../env.ts";
import { PrismaClient } from "./generated/client.ts";
import { createPool, type PoolOptions } from "./pool.ts";

/** A Prisma client over a pool of its own, running as the limited role; `$disconnect()` closes the pool. */
export function createDb(url: string, options: PoolOptions = {}): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(createPool(url, options), { disposeExternalPool: true }) });
}

// Instrumentation, routes and server actions each get their own copy of this module: only globalThis is shared by them.
const shared: typeof globalThis & {
  evenkeelDb?: PrismaClient;
  evenkeelPool?: pg.Pool;
  evenkeelFigures?: pg.Pool;
  evenkeelTraffic?: pg.Pool;
} = globalThis;

function runtimeUrl(): string {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  throw new Error(
    "DATABASE_URL is not set. `npm run demo`, `dev`, `start` and `worker` start the embedded database and set it.",
  );
}

function runtimeOptions(name: string, max: number): PoolOptions {
  return { name, max, pooled: env.EVENKEEL_POOLER };
}

/** The process's Prisma client, made at first use. */
export function getDb(): PrismaClient {
  shared.evenkeelDb ??= createDb(runtimeUrl(), runtimeOptions("evenkeel", 10));
  return shared.evenkeelDb;
}

/** The process's plain pool, for telemetry: apart from `getDb()`, so that a flood of events never makes a stop wait. */
export function getPool(): pg.Pool {
  shared.evenkeelPool ??= createPool(runtimeUrl(), runtimeOptions("evenkeel telemetry", 6));
  return shared.evenkeelPool;
}

/** The process's pool for figures behind charts: apart from `getPool()`, so that whoever looks at sixty days neither holds up events nor the proof of a stop. */
export function getFiguresPool(): pg.Pool {
  shared.evenkeelFigures ??= createPool(runtimeUrl(), runtimeOptions("evenkeel figures", 4));
  return shared.evenkeelFigures;
}

/** The process's pool for what is asked around a stop (whom it touches, who has applied it): it waits for no chart, and what comes in does not wait for it. */
export function getTrafficPool(): pg.Pool {
  shared.evenkeelTraffic ??= createPool(runtimeUrl(), runtimeOptions("evenkeel traffic", 4));
  return shared.evenkeelTraffic;
}

/** Closes all of them, for the end of the process. */
export async function closeDb(): Promise<void> {
  const { evenkeelDb, evenkeelPool, evenkeelFigures, evenkeelTraffic } = shared;
  delete shared.evenkeelDb;
  delete shared.evenkeelPool;
  delete shared.evenkeelFigures;
  delete shared.evenkeelTraffic;
  const pools = [evenkeelPool, evenkeelFigures, evenkeelTraffic];
  await Promise.allSettled([evenkeelDb?.$disconnect(), ...pools.map((pool) => pool?.end())]);
}
