import { existsSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../db/project-root.ts";
import { missingPaths } from "./named-paths.ts";
import { filesOf } from "./tree.ts";

const pages = filesOf("README.md", "docs", "lib/sdk/**/*.md").filter(({ path }) => path.endsWith(".md"));
const names = new Set(
  globSync("{app,components,lib,prisma,e2e}/**/*.*", { cwd: projectRoot }).map((path) => basename(path)),
);

/** A file named without its folder may be anywhere in the tree. */
function exists(path: string): boolean {
  return existsSync(join(projectRoot, path)) || (!path.includes("/") && names.has(path));
}

describe("paths named in README and docs exist", () => {
  it("holds for every page", () => {
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap((page) => missingPaths(page, exists))).toEqual([]);
  });
  it("fires on a path that is gone, and not on one that is there or stands for many", () => {
    const page = (text: string) => missingPaths({ path: "docs/a.md", text }, exists);
    expect(page("see `lib/gone/away.ts` and [here](../lib/gone.md)")).toHaveLength(2);
    expect(page("see `gone-away.json`")).toHaveLength(1);
    expect(
      page(
        "see `lib/env.ts`, [here](../lib/db) and [there](architecture.md), `lib/services/*/schema.ts`, `lib/<noun>`",
      ),
    ).toEqual([]);
  });
});
