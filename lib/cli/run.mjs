import { runCommand } from "./bootstrap.mjs";

const [name = "", ...args] = process.argv.slice(2);
// `db:migrate` is lib/cli/db-migrate.ts.
runCommand(name.replace(":", "-"), args);
