import ts from "typescript";
import { isTest, nodesOf, parse, placeOf, type SourceFile } from "./tree.ts";

const LONGEST = 400;
const NINE_IN_TEN = 210;
const LONGEST_PAGE = 60;
const LONGEST_ROUTE = 40;

/** Lines of a file, the last newline not counted. */
export function linesOf({ text }: SourceFile): number {
  return text.trimEnd().split("\n").length;
}

/** Files that are too long: any above 400 lines, pages above 60, route handlers above 40, and more than one in ten above 210. */
export function tooLong(files: readonly SourceFile[]): string[] {
  const limits = (path: string) => {
    if (/^app\/.*\/?page\.tsx$/.test(path)) return LONGEST_PAGE;
    if (/^app\/.*\/route\.ts$/.test(path)) return LONGEST_ROUTE;
    return LONGEST;
  };
  const found = files
    .filter((file) => linesOf(file) > limits(file.path))
    .map((file) => `${file.path} has ${linesOf(file)} lines, more than ${limits(file.path)}`);
  const long = files.filter((file) => linesOf(file) > NINE_IN_TEN);
  if (long.length * 10 > files.length) {
    found.push(
      `${long.length} of ${files.length} files have more than ${NINE_IN_TEN} lines: ${long.map(({ path }) => path).join(", ")}`,
    );
  }
  return found;
}

/** Files of `lib/services` outside of its closed vocabulary. */
export function strangers(paths: readonly string[]): string[] {
  const words =
    /^lib\/services\/[a-z-]+\/((schema|queries|commands|actions|present)(\.[a-z-]+)?(\.db)?(\.test)?\.tsx?|(commands|queries|present)\/[a-z-]+\.ts|audit\/record\.ts)$/;
  const tests = /^lib\/services\/[a-z-]+\/((commands|queries|present)\/)?[a-z-]+(\.db)?\.test\.tsx?$/;
  return paths
    .filter((path) => path.startsWith("lib/services/"))
    .filter((path) => !words.test(path) && !tests.test(path) && path !== "lib/services/audit/record.ts");
}

/** Names that are not kebab-case. Next's own names ([id], (group), _document) are its business. */
export function badNames(paths: readonly string[]): string[] {
  const good = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
  return paths.filter(
    (path) => !path.startsWith("app/") && !good.test(path.split("/").pop() ?? "") && /\.(ts|tsx|mjs)$/.test(path),
  );
}

const SDK_ENTRIES = /^lib\/sdk\/(index|openfeature|ai-sdk)(\/index)?\.ts$/;

/** Re-exports: files that hand on what others define. */
export function barrels(file: SourceFile): string[] {
  if (SDK_ENTRIES.test(file.path)) return [];
  const tree = parse(file);
  const handed = tree.statements.filter((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined);
  const named = /(^|\/)index\.tsx?$/.test(file.path) ? [`${file.path} is named index`] : [];
  return [...named, ...handed.map((one) => `${placeOf(one)} ${one.getText().slice(0, 80)}`)];
}

const MAY_MINT = /^lib\/(auth|http|worker)\/|^lib\/context\.ts$/;

/** Calls of mintContext outside of the three gates and tests. */
export function forgedContexts(file: SourceFile): string[] {
  if (MAY_MINT.test(file.path) || isTest(file.path)) return [];
  return [...nodesOf(parse(file))]
    .filter((node) => ts.isIdentifier(node) && node.text === "mintContext")
    .map((node) => placeOf(node));
}
