import { runCommand } from "./bootstrap.mjs";

runCommand("demo", process.argv.slice(2));
