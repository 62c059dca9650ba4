import { runCommand } from "./bootstrap.mjs";

runCommand("test", process.argv.slice(2));
