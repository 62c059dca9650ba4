import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemsOf } from "../../cli/check-boundaries.ts";
import { projectRoot } from "../../db/project-root.ts";

const config: { forbidden: { name: string; severity: string; comment?: string }[] } = createRequire(import.meta.url)(
  join(projectRoot, ".dependency-cruiser.cjs"),
);

/** For each rule, a file that breaks it: where it is, and what it imports (made too, when it is one of ours). */
const BAD: Record<string, [from: string, to: string]> = {
  "no-cycles": ["lib/core/ring-a.ts", "lib/core/ring-b.ts"],
  resolves: ["lib/http/lost.ts", "#lib/nowhere/at-all.ts"],
  "packed-sdk-in-examples": ["lib/http/packed.ts", "@evenkeel/sdk"],
  "only-app-imports-app": ["lib/http/upside-down.ts", "app/page-part.ts"],
  "core-is-pure": ["lib/core/reader.ts", "node:fs"],
  "sdk-ships-alone": ["lib/sdk/leaning.ts", "lib/services/a/schema.ts"],
  "components-see-schemas-actions-and-words": ["components/a/reaching.ts", "lib/services/a/queries.ts"],
  "services-know-no-framework": ["lib/services/a/queries.ts", "next/headers"],
  "services-stay-below-the-gates": ["lib/services/b/commands.ts", "lib/http/gate.ts"],
  "actions-call-commands": ["lib/services/a/actions.ts", "components/a/button.ts"],
  "schemas-and-words-run-in-the-browser": ["lib/services/b/schema.ts", "lib/log.ts"],
  "prisma-only-behind-queries-and-commands": ["lib/http/raw.ts", "lib/db/generated/client.ts"],
  "db-knows-nobody": ["lib/db/knowing.ts", "lib/services/a/schema.ts"],
  "telemetry-knows-only-core": ["lib/telemetry/knowing.ts", "lib/services/a/schema.ts"],
  "gates-stand-apart": ["lib/worker/leaning.ts", "components/a/button.ts"],
  "tests-stay-out-of-the-product": ["lib/http/helped.ts", "lib/testing/helper.ts"],
  "only-tools-import-tools": ["lib/http/tooled.ts", "lib/cli/tool.ts"],
  "pages-do-not-reach-the-database": ["app/deep.ts", "lib/db/client.ts"],
};

let folder = "";
let fired: Map<string, Set<string>>;

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function cruise(): unknown {
  const cruiser = join(projectRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const rules = join(projectRoot, ".dependency-cruiser.cjs");
  const args = [cruiser, "--config", rules, "--output-type", "json", "app", "components", "lib"];
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (!result.stdout.startsWith("{")) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-boundaries-"));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  write(
    "package.json",
    JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*" }, dependencies: { next: "*" } }),
  );
  write("tsconfig.json", JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true, noEmit: true } }));
  const ours = (path: string) => /^(app|components|lib)\//.test(path);
  for (const [, to] of Object.values(BAD)) if (ours(to)) write(to, "export const value = 1;\n");
  for (const [from, to] of Object.values(BAD)) {
    const up = "../".repeat(from.split("/").length - 1);
    write(from, `import * as other from "${ours(to) ? up + to : to}";\nexport const value = other;\n`);
  }
  write("lib/core/ring-b.ts", 'import * as other from "./ring-a.ts";\nexport const value = other;\n');
  const answer = cruise() as { summary: { violations: { from: string; rule: { name: string } }[] } };
  fired = new Map();
  for (const { rule, from } of answer.summary.violations) {
    fired.set(rule.name, (fired.get(rule.name) ?? new Set()).add(from));
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("import rules", () => {
  it("are errors, and say where the code should go instead", () => {
    expect(config.forbidden.filter(({ severity }) => severity !== "error")).toEqual([]);
    expect(config.forbidden.filter(({ comment = "" }) => comment.length < 30)).toEqual([]);
  });
  it.each(config.forbidden.map(({ name }) => name))("%s fires on a bad example", (name) => {
    const [from] = BAD[name] ?? [`an example for ${name}`];
    expect(fired.get(name) ?? new Set()).toContain(from);
  });
});

describe("the check itself", () => {
  it("fails when it read nothing, or not everything", () => {
    const nothing = { modules: [], summary: { violations: [] } };
    expect(problemsOf(nothing, ["lib/a.ts"])).toHaveLength(2);
    const modules = Array.from({ length: 200 }, (_, index) => ({ source: `lib/${index}.ts` }));
    expect(problemsOf({ modules, summary: { violations: [] } }, ["lib/7.ts"])).toEqual([]);
    expect(problemsOf({ modules, summary: { violations: [] } }, ["lib/7.ts", "lib/new.ts"])).toEqual([
      "Not read: lib/new.ts",
    ]);
  });
  it("says what is wrong and what to do", () => {
    const modules = Array.from({ length: 200 }, (_, index) => ({ source: `lib/${index}.ts` }));
    const violations = [{ from: "lib/a.ts", to: "app/b.ts", rule: { name: "r" }, comment: "Move it." }];
    expect(problemsOf({ modules, summary: { violations } }, [])).toEqual(["r: lib/a.ts -> app/b.ts\n    Move it."]);
  });
});
