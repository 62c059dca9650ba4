import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../db/project-root.ts";
import { failedJourneys, failedTests } from "./test-failures.ts";

const passed = { status: "passed", fullName: "well", failureMessages: [] };

test("a failed test is named with its file and why", () => {
  const failed = {
    status: "failed",
    fullName: "counts once",
    failureMessages: ["\u001b[31mAssertionError: expected 1\u001b[39m\n\n    at x"],
  };
  const name = join(projectRoot, "lib/a.test.ts");
  expect(failedTests({ testResults: [{ name, status: "failed", assertionResults: [passed, failed] }] })).toEqual([
    "FAILED lib/a.test.ts > counts once\n    AssertionError: expected 1\n        at x",
  ]);
});

test("a file that could not be loaded is named, too", () => {
  const name = join(projectRoot, "lib/b.test.ts");
  expect(
    failedTests({ testResults: [{ name, status: "failed", message: "no such module", assertionResults: [] }] }),
  ).toEqual(["FAILED lib/b.test.ts\n    no such module"]);
});

test("a failed journey is found in nested suites", () => {
  const of = (ok: boolean, message?: string) => ({
    ...{ title: ok ? "well" : "fits", file: "phone.spec.ts", line: 16, ok },
    tests: [{ results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const report = { suites: [{ specs: [of(true)], suites: [{ specs: [of(false, "Error: settings\nExpected: []")] }] }] };
  expect(failedJourneys(report)).toEqual(["FAILED e2e/phone.spec.ts:16 > fits\n    Error: settings\n    Expected: []"]);
});

test("of an error the first lines are repeated", () => {
  const many = Array.from({ length: 90 }, (_, index) => `line ${index}`).join("\n");
  const failed = { status: "failed", fullName: "long", failureMessages: [many] };
  const [text] = failedTests({ testResults: [{ name: "x", status: "failed", assertionResults: [failed] }] });
  expect(text?.split("\n")).toHaveLength(13);
});

test.each([undefined, "", {}, { suites: "none" }])("a report that cannot be read (%j) names nothing", (report) => {
  expect(failedTests(report)).toEqual([]);
  expect(failedJourneys(report)).toEqual([]);
});
