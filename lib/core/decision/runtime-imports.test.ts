import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("./", import.meta.url);

/** The files that `start` loads at run time, itself included, and the packages they load. */
function loadedBy(start: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const source = readFileSync(new URL(file, FOLDER), "utf8");
    for (const [statement, from] of source.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";/gms)) {
      if (from === undefined || /^(?:import|export) type\b/.test(statement)) continue;
      if (from.startsWith(".")) open.push(from);
      else packages.add(from);
    }
  }
  return { files, packages };
}

test.each(["./decide.ts", "./with-controls.ts", "./stale-controls.ts", "./local-stops.ts"])(
  "%s loads nothing that the SDK could not carry along",
  (entry) => {
    const { packages } = loadedBy(entry);
    for (const name of packages) expect(name).toMatch(/^@noble\/hashes\//);
  },
);

test("the check sees what is loaded", () => {
  expect(loadedBy("./decide.ts").files.size).toBeGreaterThan(20);
  expect(loadedBy("./ruleset.ts").packages).toContain("zod");
});
