import type { SourceFile } from "./tree.ts";

const FOLDERS = "app|components|prisma|lib|e2e|public|docs";
/** A path in backticks, or the target of a link, that begins with one of our folders or names a file at the top. */
const NAMED = new RegExp(
  `(?:\`|\\]\\()((?:\\.\\./)*(?:\\./)?(?:${FOLDERS})/[^\`)\\s#]*|[\\w.-]+\\.(?:md|json|ts|js|mjs|cjs))(?:\`|[)#])`,
  "g",
);
/** Names with a wildcard or a placeholder stand for many. */
const MANY = /[*<{$]|\.\.\.|\|/;

/** Paths that a page names and that are not there. `exists` is asked for paths from the root. */
export function missingPaths(page: SourceFile, exists: (path: string) => boolean): string[] {
  const folder = page.path.split("/").slice(0, -1);
  const missing: string[] = [];
  for (const [, named = ""] of page.text.matchAll(NAMED)) {
    if (MANY.test(named)) continue;
    const parts = named.replace(/\/$/, "").split("/");
    const beside = [...folder];
    for (const part of parts) {
      if (part === "..") beside.pop();
      else if (part !== ".") beside.push(part);
    }
    const fromRoot = parts.filter((part) => part !== "." && part !== "..").join("/");
    if (!exists(fromRoot) && !exists(beside.join("/"))) missing.push(`${page.path}: ${named}`);
  }
  return missing;
}
