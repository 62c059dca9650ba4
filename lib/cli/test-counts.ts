import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../db/project-root.ts";
import { type Outcome, runNode } from "./run-tool.ts";
import { failedJourneys, failedTests } from "./test-failures.ts";

/** How many tests passed and failed, and what the run said; `failures`: which failed and why, where the run's report names them. A skipped test counts as failed: it showed nothing. */
export type TestCount = { passed: number; failed: number; output: string; failures?: string[] };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  success: z.boolean(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

function count(passed: number, failed: number, trouble: boolean, output: string): TestCount {
  // A run that ended badly, or ran nothing, failed at least once, whatever its report says.
  const bad = trouble || passed + failed === 0;
  return { passed, failed: bad ? Math.max(1, failed) : failed, output };
}

/** The count of Vitest's JSON report. A file that could not be loaded has no tests, so a run without success counts a failure. */
export function countVitest(report: unknown, { ok, output }: Outcome): TestCount {
  const read = vitestReport.safeParse(report);
  if (!read.success) return { passed: 0, failed: 1, output };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = read.data;
  const counted = count(numPassedTests, numFailedTests + numPendingTests + numTodoTests, !success || !ok, output);
  return { ...counted, failures: failedTests(report) };
}

/** The count of Playwright's JSON report. A flaky journey is a failed one. */
export function countPlaywright(report: unknown, { ok, output }: Outcome): TestCount {
  const read = playwrightReport.safeParse(report);
  if (!read.success) return { passed: 0, failed: 1, output };
  const { expected, unexpected, flaky, skipped } = read.data.stats;
  const counted = count(expected, unexpected + flaky + skipped, !ok || read.data.errors.length > 0, output);
  return { ...counted, failures: failedJourneys(report) };
}

/** The count of a script that ends with a line `N passed, N failed`; without one, its exit code is one test. */
export function countLastLine({ ok, output }: Outcome): TestCount {
  const line = /(\d+) passed, (\d+) failed\s*$/.exec(output);
  if (line === null) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
  return count(Number(line[1]), Number(line[2]), !ok, output);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Runs Vitest for projects of `vitest.config.ts`; `filters` are parts of file names. */
export async function runVitest(projects: readonly string[], filters: readonly string[] = []): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-report-"));
  const file = join(folder, "report.json");
  try {
    const chosen = projects.flatMap((project) => ["--project", project]);
    const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
    const vitest = join(projectRoot, "node_modules", "vitest", "vitest.mjs");
    // By itself it leaves a core to somebody who types.
    const outcome = await runNode([vitest, "run", "--maxWorkers=100%", ...chosen, ...reporters, ...filters]);
    return countVitest(readJson(file), outcome);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the browser journeys; `filters` are parts of file names. */
export async function runJourneys(
  onOutput: (text: string) => void,
  filters: readonly string[] = [],
): Promise<TestCount> {
  const report = join(projectRoot, "test-results", "journeys.json");
  rmSync(report, { force: true });
  const cli = join(projectRoot, "node_modules", "@playwright", "test", "cli.js");
  const outcome = await runNode([cli, "test", ...filters], { onOutput });
  return countPlaywright(readJson(report), outcome);
}
