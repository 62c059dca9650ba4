import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureClient } from "../db/generate-client.ts";
import { projectRoot } from "../db/project-root.ts";
import { buildConsole } from "./build-console.ts";
import { explain, main, Trouble } from "./give-up.ts";
import { runNode } from "./run-tool.ts";
import { secondsSince } from "./steps.ts";
import { countLastLine, runJourneys, runVitest, type TestCount } from "./test-counts.ts";
import { runChecks } from "./verify-parts.ts";

const LOGS = join(projectRoot, "test-results", "logs");

async function checks(): Promise<TestCount> {
  const count = { passed: 0, failed: 0, output: "" };
  await runChecks((name, _began, { ok, output }) => {
    count[ok ? "passed" : "failed"] += 1;
    if (!ok) count.output += `${name}\n${output}\n`;
  });
  return count;
}

async function build(): Promise<TestCount> {
  await buildConsole();
  return { passed: 1, failed: 0, output: "" };
}

async function script(file: string, env: Record<string, string> = {}): Promise<TestCount> {
  if (!existsSync(join(projectRoot, file))) throw new Trouble(`${file} is missing.`);
  return countLastLine(await runNode([file], { env }));
}

/** Everything there is to check, in the order of what it takes. */
const PARTS: Readonly<Record<string, () => Promise<TestCount>>> = {
  checks,
  tests: () => runVitest(["pure", "net"]),
  database: () => runVitest(["db"]),
  build,
  journeys: () => runJourneys((text) => process.stdout.write(text.replaceAll(/^(?=.)/gm, "    "))),
  package: () => script("lib/sdk/scripts/check-package.ts"),
  crash: () => script("lib/cli/test-crash.ts", { CRASH_RUNS: "5" }),
};

async function runPart(name: string, part: () => Promise<TestCount>): Promise<TestCount> {
  const began = performance.now();
  console.log(`\n${name} ...`);
  // What throws has not run, and what has not run has failed.
  const count = await part().catch((error: unknown) => ({ passed: 0, failed: 1, output: explain(error) }));
  writeFileSync(join(LOGS, `${name}.log`), count.output);
  if (count.failed > 0) console.log(count.output.replaceAll(/^/gm, "    "));
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed in ${secondsSince(began)}`);
  return count;
}

/** What a part that failed is remembered by: its failed tests, or else the last that it said. */
function failuresOf(name: string, { failed, failures = [], output }: TestCount): string[] {
  if (failed === 0 || failures.length > 0) return failures;
  return [`FAILED ${name}\n${output.split("\n").slice(-12).join("\n").replaceAll(/^/gm, "    ")}`];
}

/**
 * `npm test`: all parts, or those named after `--`. Prints a summary for each; the last line is the sum, `N passed, N failed`. Ends with code 1 when
 * anything failed.
 */
await main(async (lifetime) => {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0)
    throw new Trouble(`There is no part "${unknown[0]}". There are: ${Object.keys(PARTS).join(", ")}.`);
  mkdirSync(LOGS, { recursive: true });
  const started = performance.now();
  ensureClient();
  const results: [string, TestCount][] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(name)) results.push([name, await runPart(name, part)]);
  }
  const sum = (key: "passed" | "failed") => results.reduce((total, [, count]) => total + count[key], 0);
  console.log(`\nSummary after ${secondsSince(started)}`);
  for (const [name, { passed, failed }] of results) {
    console.log(`  ${failed === 0 ? "ok    " : "FAILED"}  ${name.padEnd(10)} ${passed} passed, ${failed} failed`);
  }
  // Once more at the end, which is what is left of a log that was cut.
  for (const [name, count] of results) for (const failure of failuresOf(name, count)) console.log(`\n${failure}`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  await lifetime.end(sum("failed") === 0 ? 0 : 1);
});
