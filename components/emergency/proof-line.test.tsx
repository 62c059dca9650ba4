import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { ProofLine } from "./proof-line.tsx";

const nobody: ProofView = {
  controlId: "c",
  confirmed: 0,
  of: 0,
  state: "nobody",
  tookMs: null,
  waitingFor: [],
  notHeardFrom: [],
  olderDecisions: 0,
};

test.each([
  [nobody, "0 of 0 confirmed"],
  [{ ...nobody, state: "pending", confirmed: 1, of: 3 } as const, "1 of 3 confirmed"],
  [{ ...nobody, state: "proved", confirmed: 3, of: 3, tookMs: 400 } as const, "3 of 3 confirmed"],
])("the live region reads the count and nothing else, also when nobody runs", (proof, words) => {
  const html = renderToStaticMarkup(createElement(ProofLine, { proof, announce: true }));
  expect(html).toMatch(new RegExp(`<p role="status"[^>]*>${words}</p>`));
  expect(html.match(/role="status"/g)).toHaveLength(1);
});

test("when nobody runs, the sentence beside the count says so", () => {
  const html = renderToStaticMarkup(createElement(ProofLine, { proof: nobody, announce: true }));
  expect(html).toContain("No running server used this in the last day.");
});
