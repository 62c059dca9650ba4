import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DecisionCase, readCaseFile, rulesetOfCase } from "../../core/decision/cases.ts";
import { childEnv, env } from "../../env.ts";
import { consumers, tsconfigs } from "./consumers.ts";
import { matches } from "./matches.ts";

/**
 * Checks the package as a customer gets it: packed, installed into an empty folder, imported as ESM, required as CJS, type-checked, and every
 * decision case (or those of the file named by `DECISION_CASES`) decided by it both ways. The last line is `N passed, N failed`.
 */
const sdk = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(sdk, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "evenkeel-sdk-"));
let passed = 0;
let failed = 0;

function check(name: string, work: () => void): void {
  try {
    work();
    passed++;
  } catch (error) {
    failed++;
    const output = error instanceof Error && "stdout" in error ? `\n${error.stdout}` : "";
    console.error(`not ok: ${name}\n${error instanceof Error ? error.message : error}${output}`);
  }
}

function assert(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

/** Runs npm as a person would, without the settings of an npm that started us. */
function npm(args: string[], cwd: string): void {
  const ours = Object.entries(childEnv()).filter(([name]) => !/^npm_/i.test(name));
  const plain = Object.fromEntries(ours) as NodeJS.ProcessEnv;
  execFileSync("npm", args, { cwd, env: plain, stdio: "pipe", encoding: "utf8", shell: process.platform === "win32" });
}

const run = (command: string, args: string[]) =>
  execFileSync(command, args, { cwd: folder, stdio: "pipe", encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });

/** Makes the adapters' peers resolvable, as if the customer had installed them. */
function linkPeers(): void {
  for (const name of ["@openfeature/server-sdk", "@openfeature/core", "@ai-sdk/provider", "ai"]) {
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, "node_modules", name), target);
  }
}

/** The cases with their rulesets written out. */
function readCases(): DecisionCase[] {
  const path = env.DECISION_CASES ?? join(root, "lib/core/decision/cases.json");
  const file = readCaseFile(JSON.parse(readFileSync(path, "utf8")));
  return file.cases.map((each) => ({ ...each, ruleset: rulesetOfCase(file, each.ruleset) }));
}

/** Decides all cases in the customer's folder and compares here. */
function checkCases(module: string, cases: DecisionCase[]): void {
  let answers: unknown[] = [];
  check(`${module} runs the cases`, () => {
    answers = JSON.parse(run(process.execPath, [module, "cases.json"]));
    assert(answers.length === cases.length, `${answers.length} of ${cases.length} cases were answered`);
  });
  cases.forEach(({ name, expected }, index) => {
    check(`${module}: ${name}`, () => {
      const wrong = matches(expected, answers[index]);
      assert(wrong === null, `${wrong}`);
    });
  });
}

try {
  npm(["run", "build", "--silent"], sdk);
  npm(["pack", "--silent", "--pack-destination", folder], sdk);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "customer", private: true, type: "module" }));
  npm(["install", "--offline", "--no-audit", "--no-fund", "--omit=peer", `./${tarball}`], folder);

  const installed = join(folder, "node_modules/@evenkeel/sdk");
  check("it brings nothing but itself", () => {
    const names = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    assert(names.join() === "@evenkeel", `installed: ${names.join(", ")}`);
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    assert(manifest.dependencies === undefined, "the package has dependencies");
  });
  check("it imports nothing but Node itself", () => {
    const dist = join(installed, "dist");
    const ofAdapters = /^(openfeature|ai-sdk)\./;
    for (const name of readdirSync(dist).filter((each) => /\.c?js$/.test(each) && !ofAdapters.test(each))) {
      const text = readFileSync(join(dist, name), "utf8");
      const imports = [...text.matchAll(/(?:^import .*?from |require\()"([^"]+)"/gm)].map(([, from]) => from ?? "");
      const others = imports.filter((from) => !from.startsWith("node:") && !from.startsWith("./"));
      assert(others.length === 0, `${name} imports ${others.join(", ")}`);
      assert(!name.startsWith("index") || imports.length > 5, `${name} was not read`);
    }
  });

  const cases = readCases();
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
  for (const [name, config] of Object.entries(tsconfigs)) writeFileSync(join(folder, name), JSON.stringify(config));
  for (const [name, text] of Object.entries(consumers)) writeFileSync(join(folder, name), text);
  for (const module of ["cases.mjs", "cases.cjs"]) checkCases(module, cases);
  for (const module of ["client.mjs", "client.cjs"]) {
    check(`${module} answers without a server`, () =>
      assert(run(process.execPath, [module]) === "fallback manual the form\n", "wrong answer"),
    );
  }
  linkPeers();
  for (const module of ["adapters.mjs", "adapters.cjs"]) {
    check(`${module} loads both adapters`, () =>
      assert(run(process.execPath, [module]) === "Evenkeel v4\n", "wrong answer"),
    );
  }
  for (const name of Object.keys(tsconfigs)) {
    check(`a strict customer's types hold (${name})`, () => {
      run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", name]);
    });
  }
} catch (error) {
  failed++;
  console.error(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
