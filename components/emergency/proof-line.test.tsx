import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Clock } from "#components/ui/clock.tsx";
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

test("whoever is silent is named as not known, and the count carries no tick", () => {
  const silent = { id: "i", name: "desk-2 (pid 7)", lastHeardAt: "2026-11-20T02:13:00.000Z", mayFollow: null };
  const proved: ProofView = { ...nobody, state: "proved", confirmed: 2, of: 2, tookMs: 400 };
  const html = (proof: ProofView) => {
    const children = createElement(ProofLine, { proof, announce: true });
    return renderToStaticMarkup(createElement(Clock, { serverNow: Date.parse(silent.lastHeardAt) + 90_000, children }));
  };
  expect(html(proved)).toContain("lucide-circle-check");
  expect(html({ ...proved, notHeardFrom: [silent] })).not.toContain("lucide-circle-check");
  expect(html({ ...proved, notHeardFrom: [silent] })).toContain("Not known for desk-2 (pid 7).");
});
