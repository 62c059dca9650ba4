import { join } from "node:path";
import { projectRoot } from "../db/project-root.ts";
import { checkBoundaries } from "./check-boundaries.ts";
import { type Outcome, runNode } from "./run-tool.ts";

function tool(...path: string[]): string {
  return join(projectRoot, "node_modules", ...path);
}

async function boundaries(): Promise<Outcome> {
  const { problems } = checkBoundaries();
  return { ok: problems.length === 0, output: problems.join("\n") };
}

/** The checks that need no database and run no test, by name. */
export const CHECKS: Readonly<Record<string, () => Promise<Outcome>>> = {
  "Format and lint (Biome)": () => runNode([tool("@biomejs", "biome", "bin", "biome"), "ci", "--colors=off", "."]),
  "Types (TypeScript)": () => runNode([tool("typescript", "bin", "tsc"), "--noEmit", "-p", "."]),
  "Import rules (dependency-cruiser)": boundaries,
  "Unused code (knip)": () => runNode([tool("knip", "bin", "knip.js"), "--no-progress"]),
};

/** Runs all of them, two at a time; `report` hears of each as it ends, with when it began (`performance.now()`). */
export async function runChecks(report: (name: string, began: number, outcome: Outcome) => void): Promise<void> {
  const waiting = Object.entries(CHECKS);
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, check] = next;
      const began = performance.now();
      report(name, began, await check());
    }
  };
  await Promise.all([lane(), lane()]);
}
