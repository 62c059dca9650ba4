import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../db/project-root.ts";

/** A source file as the rules see it: where it is, and what it says. Examples in tests are made of these, too. */
export type SourceFile = { path: string; text: string };

/** Every file that git knows or would add, by patterns of `git ls-files`. */
export function filesOf(...patterns: string[]): SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...patterns], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = listed.split("\n").filter((path) => path !== "" && existsSync(join(projectRoot, path)));
  return paths.map((path) => ({ path, text: readFileSync(join(projectRoot, path), "utf8") }));
}

/** All of the project's TypeScript and JavaScript. */
export function sources(): SourceFile[] {
  return filesOf("app", "components", "lib", "prisma", "e2e", "*.ts", "*.js", "*.mjs", "*.cjs").filter(({ path }) =>
    /\.(ts|tsx|mjs|js|cjs)$/.test(path),
  );
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|^lib\/testing\/|\/testing\/|^e2e\//.test(path);
}

/** The syntax tree of a file. */
export function parse({ path, text }: SourceFile): ts.SourceFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : path.endsWith("ts") ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** Every node under `node`, itself included. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** `path:line`, for messages. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
