import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../db/project-root.ts";

const FOLDERS = ["app", "components", "lib", "prisma", "e2e"];
/** A compiler that the cruiser does not understand makes it read nothing and report success. */
const FEWEST_MODULES = 100;

const answerSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string() }),
        comment: z.string().optional(),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
  }),
});

/** Sources that git knows, or would add. */
function sourceFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...FOLDERS], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split("\n").filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts"));
}

/** What a cruise found: one line for each import that is not allowed, and for each way in which it did not read the tree. */
export function problemsOf(answer: unknown, files: readonly string[]): string[] {
  const { modules, summary } = answerSchema.parse(answer);
  const read = new Set(modules.map((module) => module.source));
  const unread = files.filter((file) => !read.has(file));
  const problems = summary.violations.map(({ rule, from, to, comment, cycle }) => {
    const way = cycle ? cycle.map((part) => part.name).join(" -> ") : to;
    return `${rule.name}: ${from} -> ${way}${comment ? `\n    ${comment}` : ""}`;
  });
  const ours = [...read].filter((file) => !file.includes("node_modules")).length;
  if (ours <= FEWEST_MODULES) problems.push(`Only ${ours} modules were read: the check saw nothing.`);
  if (unread.length > 0)
    problems.push(`Not read: ${unread.slice(0, 10).join(", ")}${unread.length > 10 ? " ..." : ""}`);
  return problems;
}

/** Runs dependency-cruiser over the tree. Returns what is wrong (nothing, when all is well) and how many files it read. */
export function checkBoundaries(): { problems: string[]; files: number } {
  const files = sourceFiles();
  const cruiser = join(projectRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const result = spawnSync(process.execPath, [cruiser, "--output-type", "json", ...FOLDERS], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!result.stdout.startsWith("{"))
    return { problems: [`dependency-cruiser did not run: ${result.stderr}`], files: 0 };
  return { problems: problemsOf(JSON.parse(result.stdout), files), files: files.length };
}
