import pg from "pg";
import { startEmbedded } from "../db/embedded-server.ts";
import { migrate, pendingMigrations } from "../db/migrate.ts";
import { env, setEnv } from "../env.ts";
import { dataFolder, readSecrets } from "./data-folder.ts";
import { Trouble } from "./give-up.ts";

const DATABASE = "evenkeel";

/** The database that a command works with. */
export type OpenDatabase = {
  /** True when it is the embedded server. */
  embedded: boolean;
  /** True when another living process started the embedded server, and so may be using it. */
  shared: boolean;
  /** Address for the owner role. */
  ownerUrl: string;
  /** Password of the limited role, known for the embedded server only. */
  appPassword: string | undefined;
  /** Stops what was started for it. */
  close(): Promise<void>;
};

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    const { host, pathname } = new URL(url);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Trouble(
      `The database ${pathname.slice(1)} at ${host} cannot be reached (${why}). Check DATABASE_URL and that PostgreSQL runs, or unset it to use the embedded one.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Puts the embedded database aside as `<name>_cut_short`, in the place of one put aside before, and makes an empty one, without tables. Nobody may be connected to it. */
export async function putDatabaseAside({ ownerUrl }: OpenDatabase): Promise<void> {
  const server = new URL(ownerUrl);
  const name = server.pathname.slice(1);
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  const [its, aside] = [client.escapeIdentifier(name), client.escapeIdentifier(`${name}_cut_short`)];
  try {
    await client.query(`drop database if exists ${aside} with (force)`);
    await client.query(`alter database ${its} rename to ${aside}`);
  } finally {
    await client.end();
  }
  await createDatabase(server.href, name);
}

/**
 * Opens the database that DATABASE_URL names, or the embedded server, and sets DATABASE_URL, DATABASE_DIRECT_URL and the secrets of
 * the data folder for this process and its children.
 * @throws Trouble when it cannot be reached.
 */
export async function openDatabase(): Promise<OpenDatabase> {
  const secrets = readSecrets();
  setEnv({
    EVENKEEL_SECRET: env.EVENKEEL_SECRET ?? secrets.sessionSecret,
    EVENKEEL_AUDIT_KEY: env.EVENKEEL_AUDIT_KEY ?? secrets.auditKey,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? secrets.actionsKey,
  });
  if (env.DATABASE_URL !== undefined) {
    const ownerUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
    await checkReachable(ownerUrl);
    return { embedded: false, shared: false, ownerUrl, appPassword: undefined, close: async () => {} };
  }
  const server = await startEmbedded({ dataDir: dataFolder() });
  await createDatabase(server.url("postgres"), DATABASE);
  const ownerUrl = server.url(DATABASE);
  setEnv({ DATABASE_URL: server.url(DATABASE, "app"), DATABASE_DIRECT_URL: ownerUrl });
  const { shared, appPassword } = server;
  return { embedded: true, shared, ownerUrl, appPassword, close: () => server.stop() };
}

/** Migrates the embedded database; asks for `npm run db:migrate` where somebody else's database is behind. */
export async function requireMigrated(database: OpenDatabase): Promise<void> {
  if (database.embedded) return migrate({ ownerUrl: database.ownerUrl, appPassword: database.appPassword });
  const pending = await pendingMigrations(database.ownerUrl);
  if (pending.length > 0) {
    throw new Trouble(`The database lacks ${pending.length} migrations. Run \`npm run db:migrate\` first.`);
  }
}
