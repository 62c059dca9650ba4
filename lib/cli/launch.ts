import { join } from "node:path";
import { explain } from "./give-up.ts";

/** Runs `lib/cli/<first argument>.ts` with the other arguments. What goes wrong before its main function begins is explained, too. */
const [node = "", , command = "", ...rest] = process.argv;
const file = join(import.meta.dirname, `${command}.ts`);
process.argv = [node, file, ...rest];
try {
  await import(file);
} catch (error) {
  console.error(`\n${explain(error)}\n`);
  process.exit(1);
}
