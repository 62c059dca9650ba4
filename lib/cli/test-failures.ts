import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { projectRoot } from "../db/project-root.ts";

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

type Suite = {
  specs?: {
    title: string;
    file: string;
    line: number;
    ok: boolean;
    tests: { results: { errors: { message?: string }[] }[] }[];
  }[];
  suites?: Suite[];
};
const errors = z.array(z.object({ message: z.string().optional() }));
const spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ errors })) })),
});
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec).optional(), suites: z.array(suite).optional() }),
);
const playwrightReport = z.object({ suites: z.array(suite) });

/** Lines of an error that are repeated; the rest is above, where it happened. */
const MOST_LINES = 12;

function said(where: string, messages: readonly (string | undefined)[]): string {
  const [message = ""] = messages;
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return [`FAILED ${where}`, ...lines.slice(0, MOST_LINES).map((line) => `    ${line}`)].join("\n");
}

/** Which tests of Vitest's JSON report failed, with the first lines of why. */
export function failedTests(report: unknown): string[] {
  const read = vitestReport.safeParse(report);
  if (!read.success) return [];
  return read.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(projectRoot, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    // A file that could not be loaded, or whose set-up failed, has no failed test of its own.
    if (failed.length === 0) return status === "failed" ? [said(file, [message])] : [];
    return failed.map(({ fullName, failureMessages }) => said(`${file} > ${fullName}`, failureMessages ?? []));
  });
}

/** Which journeys of Playwright's JSON report failed, with the first lines of why. */
export function failedJourneys(report: unknown): string[] {
  const read = playwrightReport.safeParse(report);
  const specsOf = ({ specs = [], suites = [] }: Suite): NonNullable<Suite["specs"]> => [
    ...specs,
    ...suites.flatMap(specsOf),
  ];
  const specs = read.success ? read.data.suites.flatMap(specsOf) : [];
  return specs
    .filter(({ ok }) => !ok)
    .map(({ title, file, line, tests }) => {
      const results = tests.flatMap(({ results: all }) => all);
      return said(
        `e2e/${file}:${line} > ${title}`,
        results.flatMap((result) => result.errors.map(({ message }) => message)),
      );
    });
}
