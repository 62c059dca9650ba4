import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../db/project-root.ts";

/** SHA-256 over the names and contents of the project's files that match `patterns`, but not `except` (tested on the path from the root). */
export function hashFiles(patterns: readonly string[], except: RegExp): string {
  const hash = createHash("sha256");
  const files = globSync(patterns, { cwd: projectRoot, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectRoot.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((file) => !except.test(file));
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(projectRoot, file)));
  return hash.digest("hex");
}
