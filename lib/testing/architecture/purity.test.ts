import { describe, expect, it } from "vitest";
import { environmentReads, impurities } from "./purity.ts";
import { sources } from "./tree.ts";

const core = (text: string) => impurities({ path: "lib/core/example.ts", text });

describe("lib/core is pure", () => {
  it("holds in the tree, which was read", () => {
    const files = sources();
    expect(files.filter(({ path }) => path.startsWith("lib/core/")).length).toBeGreaterThan(30);
    expect(files.flatMap(impurities)).toEqual([]);
  });
  it.each([
    "const a = Math.random();",
    "const a = new Date();",
    "const a = Date.now();",
    "const a = performance.now();",
    "const a = crypto.randomUUID();",
    "const a = process.env.HOME;",
    "await fetch('/');",
    "console.log(1);",
    "setTimeout(() => {}, 1);",
    'import { readFileSync } from "node:fs";',
    'const a = await import("./b.ts");',
  ])("fires on %s", (text) => {
    expect(core(text)).not.toEqual([]);
  });
  it("does not mind names that only look like it", () => {
    expect(
      core("type A = { Date: string }; const a = { process: 1 }; const b = a.process; const c: Date = b;"),
    ).toEqual([]);
  });
});

describe("process.env is read in lib/env.ts", () => {
  it("holds in the tree", () => {
    expect(sources().flatMap(environmentReads)).toEqual([]);
  });
  it.each(["const a = process.env.PORT;", 'const a = process["env"];', "const { PORT } = process.env;"])(
    "fires on %s",
    (text) => {
      expect(environmentReads({ path: "lib/http/example.ts", text })).not.toEqual([]);
    },
  );
});
