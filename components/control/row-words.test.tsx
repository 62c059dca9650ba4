import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Clock } from "#components/ui/clock.tsx";
import type { ControlView, SwitchView } from "#lib/services/controls/schema.ts";
import { RowWords } from "./row-words.tsx";

const NOW = Date.parse("2026-03-02T02:00:00Z");
const sees = { sentence: "Customers get the approved text.", text: null };
const impact = {
  sentence: "About 120 replies an hour.",
  perHour: 120,
  peoplePerHour: 90,
  sees,
  unknownShare: 0.04,
  takeBack: "You can take it back for 15 minutes.",
};
const named = {
  template: "disable-scenario",
  sentence: "Disable AI replies for billing cases",
  layer: "scenario",
} as const;
const off: SwitchView = { ...named, key: "a", params: {}, impact, active: null, place: { allowed: true } };
const active: ControlView = {
  ...named,
  ...{ id: "1", feature: null, scenario: null, placedAt: new Date(NOW - 60_000).toISOString(), placedBy: "Ada" },
  ...{ byMe: false, byAutomation: false, reason: null, expiresAt: null, liftedAt: null, liftedBy: null },
  ...{ liftReason: null, sees, undoUntil: null, lift: { allowed: true }, version: 1 },
};
const on: SwitchView = { ...off, active };

function rowOf(sw: SwitchView, still: boolean): string {
  const children = createElement(RowWords, { sw, id: "words", featureName: "Reply assistant", still });
  return renderToStaticMarkup(createElement(Clock, { serverNow: NOW, children }));
}

/** The words that give a row its height. */
const room = (html: string) => /<p[^>]*line-clamp-3[^>]*>(.*?)<\/p>/.exec(html)?.[1];

test("where rows may not move, one takes the same room whoever switches it on", () => {
  const [free, held] = [rowOf(off, true), rowOf(on, true)];
  expect(room(free)).toContain("About 120 replies an hour.");
  expect(room(held)).toBe(room(free));
});

test("what holds is then said in that room, and the row is described by it alone", () => {
  const held = rowOf(on, true);
  expect(held).toMatch(/<p class="[^"]*invisible[^"]*">.*<p id="words" class="absolute inset-0[^"]*">/);
  expect(held).toContain("by Ada. You may lift this.");
  expect(held.match(/id="words"/g)).toHaveLength(1);
});

test("elsewhere whom it would touch gives way to what customers see", () => {
  const held = rowOf(on, false);
  expect(held).not.toContain("About 120");
  expect(held).toContain("Customers get the approved text.");
  expect(rowOf(off, false)).toContain("4% of requests do not carry");
});
