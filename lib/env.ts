import { z } from "zod";
import { EnvironmentTrouble } from "./environment-trouble.ts";

const PORT_WORDS = "must be a port number, 1 to 65535";
const port = z.coerce.number(PORT_WORDS).int(PORT_WORDS).min(1, PORT_WORDS).max(65_535, PORT_WORDS);
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, "must be a PostgreSQL address such as postgresql://user:password@host:5432/evenkeel");
const count = z.coerce.number().int().min(1);

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Where the program connects at run time (limited role, or any member of it). Absent: the embedded server. */
  DATABASE_URL: postgresUrl.optional(),
  /** The owner's address, past any pooler: migrations, LISTEN, clean-up. */
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  /** Whether DATABASE_URL leads through a connection pooler such as PgBouncer. */
  EVENKEEL_POOLER: z.stringbool().default(false),
  /** Folder of the embedded database and of generated secrets. */
  EVENKEEL_DATA_DIR: z.string().min(1).default(".data"),
  PORT: port.default(3000),
  /** Address under which browsers and SDKs reach this console; decides `Secure` cookies. */
  EVENKEEL_URL: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
  /** Signs sessions. Generated and kept in the data folder when absent. */
  EVENKEEL_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Base64 Ed25519 private key (PKCS#8) that signs the head of the audit chain; kept outside the database. */
  EVENKEEL_AUDIT_KEY: z.string().min(1).optional(),
  /** Base64 key of Next's server actions; every replica needs the same. Generated and kept in the data folder when absent. */
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z.string().min(1).optional(),
  /** Whether the worker runs inside the server or is started apart with `npm run worker`. */
  EVENKEEL_WORKER: z.enum(["inside", "apart"]).default("inside"),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug", "trace"]).default("info"),
  /** The demo's password for every seeded person; the demo generates one for each data folder. */
  EVENKEEL_DEMO_PASSWORD: z.string().min(8).optional(),
  /** For the browser journeys, set by their set-up: the support desks' API key, and the folder that they are installed in. */
  EVENKEEL_DESK_KEY: z.string().min(1).optional(),
  EVENKEEL_DESK_FOLDER: z.string().min(1).optional(),
  /** Only for tests: a file of further decision cases. */
  DECISION_CASES: z.string().min(1).optional(),
  /** Only for tests: a file of further statistics cases. */
  STATS_CASES: z.string().min(1).optional(),
  /** CSV (`text,category`) of messages for the example support desk. */
  CUSTOMER_MESSAGES: z.string().min(1).optional(),
  CRASH_RUNS: count.default(5),
  /** Raw events of the larger database that `npm run bench -- charts` fills. */
  BENCH_EVENTS: count.default(10_000_000),
  CRASH_SEED: z.coerce.number().int().optional(),
  /** Chrome or Chromium for the browser tests; absent: the one that comes with the packages. */
  CHROMIUM_PATH: z.string().min(1).optional(),
});

/** The validated environment. Nothing else in the project reads `process.env`. */
export type Env = z.infer<typeof schema>;

/**
 * Checks raw variables. An empty variable counts as absent.
 * @throws EnvironmentTrouble with one line for each variable that is wrong, naming it and never its value.
 */
export function parseEnv(raw: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new EnvironmentTrouble(`The environment is not usable:\n${lines.join("\n")}`);
}

export const env: Env = parseEnv(process.env);

/** All variables of this process plus `extra`, for a child process. */
export function childEnv(extra: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** Sets variables for this process and its children: for the command line, once it has started the embedded database. */
export function setEnv(values: Readonly<Partial<Record<keyof Env, string>>>): void {
  Object.assign(process.env, values);
  Object.assign(env, parseEnv(process.env));
}
