import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import type { Context } from "#lib/context.ts";
import { ensureClient } from "#lib/db/generate-client.ts";
import { AppError } from "#lib/errors.ts";
import { main, Trouble } from "./give-up.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";

const USAGE = `npm run admin -- <command> [--environment production] ...

  organisation --name <name> --zone Europe/Berlin     before the first events: days are counted in this zone
  add-person   --email <address> --name <name> [--zone Europe/Berlin]     asks for the password, or reads it from a pipe
  grant        --email <address> --role <role> [--only <environment>] [--feature <key>]
  end-sessions --email <address>
  create-key   --name <name> --scope server|client|automation|read [--origin <url>]... [--feature <key>]...
  revoke-key   --id <id>
  list-keys
  verify-audit
  new-epoch    after a backup was restored: products obey again at once`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    environment: { type: "string", default: "production" },
    email: { type: "string", default: "" },
    name: { type: "string", default: "" },
    zone: { type: "string" },
    role: { type: "string", default: "" },
    only: { type: "string" },
    feature: { type: "string", multiple: true, default: [] },
    origin: { type: "string", multiple: true, default: [] },
    scope: { type: "string", default: "" },
    id: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

await main(async () => {
  const [command = ""] = positionals;
  if (values.help || command === "") {
    console.log(USAGE);
    return;
  }
  ensureClient();
  const database = await openDatabase();
  try {
    await requireMigrated(database);
    await run(command);
  } finally {
    await (await import("#lib/db/client.ts")).closeDb();
    await database.close();
  }
});

/** Services are loaded only now: their database client may have been generated a moment ago. */
async function run(command: string): Promise<void> {
  const { getDb } = await import("#lib/db/client.ts");
  const { commandLineContext } = await import("#lib/auth/command-line.ts");
  const verbs = await import("./admin-verbs.ts");
  const verb = verbs.VERBS[command];
  if (!verb && command !== "verify-audit") throw new Trouble(`There is no command "${command}".\n\n${USAGE}`);
  try {
    if (!verb) return console.log(await verbs.verifyAudit(getDb()));
    const ctx: Context = await commandLineContext(getDb(), values.environment, userInfo().username);
    console.log(await verb(ctx, values));
  } catch (error) {
    throw sentenceOf(error);
  }
}

/** What a person can mend is said in a sentence; anything else keeps its whole story. */
function sentenceOf(error: unknown): unknown {
  if (error instanceof AppError) return new Trouble(error.message);
  if (error instanceof Error && error.name === "ZodError" && "issues" in error && Array.isArray(error.issues)) {
    const [first] = error.issues;
    return new Trouble(`--${String(first?.path?.[0] ?? "option")}: ${String(first?.message)}`);
  }
  return error;
}
