import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { sessionCookieName, sessionSecret } from "#lib/auth/session-cookie.ts";
import { seedScenarios } from "#prisma/seed/scenarios.ts";
import { freePort } from "../../db/embedded-server.ts";
import { ensureClient } from "../../db/generate-client.ts";
import { projectRoot } from "../../db/project-root.ts";
import { env, setEnv } from "../../env.ts";
import { buildConsole, isBuilt } from "../build-console.ts";
import { openDatabase, requireMigrated } from "../open-database.ts";
import { startProcess } from "../processes.ts";

/** A production console in a process of its own with the seeded calm day, on a database of its own. */
export type BenchConsole = {
  url: string;
  /** A key of scope `server` in Production. */
  serverKey: string;
  /** Headers of the support lead's browser. */
  leadHeaders: Record<string, string>;
  stop(): Promise<void>;
};

const LEAD = "lead@example.com";

/** The database before the console starts on it: its owner's and the limited role's addresses, and the id of Production. */
export type BenchDatabase = { ownerUrl: string; appUrl: string; environmentId: string };

/** Starts what a bench over HTTP measures. `prepare` is called with the seeded database before. Everything is removed by `stop`. */
export async function startBenchConsole(prepare?: (database: BenchDatabase) => Promise<void>): Promise<BenchConsole> {
  const dataDir = join(tmpdir(), `evenkeel-bench-${process.pid}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const port = await freePort();
  setEnv({ EVENKEEL_DATA_DIR: dataDir, LOG_LEVEL: "error", NODE_ENV: "production" });
  ensureClient();
  const database = await openDatabase();
  await requireMigrated(database);
  if (!isBuilt()) await buildConsole();
  const { createDb } = await import("../../db/client.ts");
  const db = createDb(database.ownerUrl);
  const deskSecret = randomBytes(32).toString("base64url");
  await seedScenarios["calm-day"]?.({
    db,
    databaseUrl: database.ownerUrl,
    anywhere: false,
    now: new Date(),
    password: randomUUID(),
    deskSecret,
    say: () => {},
  });
  const { id: environmentId } = await db.environment.findFirstOrThrow({ where: { key: "production" } });
  await prepare?.({ ownerUrl: database.ownerUrl, appUrl: env.DATABASE_URL ?? database.ownerUrl, environmentId });
  const leadHeaders = await signIn(db, `http://localhost:${port}`);
  await db.$disconnect();
  const server = await startProcess([join(projectRoot, "lib", "cli", "start.ts")], {
    cwd: projectRoot,
    env: { PORT: String(port), LOG_LEVEL: "error", EVENKEEL_DATA_DIR: dataDir },
    ready: /Evenkeel on http/,
  });
  return {
    url: `http://localhost:${port}`,
    serverKey: `ek_production_${deskSecret}`,
    leadHeaders,
    stop: async () => {
      await server.stop();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Db = ReturnType<typeof import("../../db/client.ts").createDb>;

/** A session row and its cookie, as sign-in makes them. */
async function signIn(db: Db, origin: string): Promise<Record<string, string>> {
  const person = await db.person.findUniqueOrThrow({ where: { email: LEAD } });
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + 3_600_000);
  const session = await db.session.create({ data: { personId: person.id, createdAt, expiresAt } });
  const token = await encode({ token: { sessionId: session.id }, secret: sessionSecret() });
  return { cookie: `${sessionCookieName(origin)}=${token}`, origin, "content-type": "application/json" };
}
