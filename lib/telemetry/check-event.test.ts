import { expect, test } from "vitest";
import { DAY_MS } from "#lib/core/time.ts";
import { checkEvent } from "./check-event.ts";
import { aDecision, aSignal } from "./contract.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

const codeOf = (event: object) => {
  const checked = checkEvent(event, now);
  return checked.ok ? "ok" : checked.code;
};
const happened = (at: number) => ({ ...aDecision(now), at: new Date(at).toISOString() });

test("what happened within seven days counts, and up to a day ahead for clocks that are wrong", () => {
  expect([now, now - 7 * DAY_MS, now + DAY_MS].map((at) => codeOf(happened(at)))).toEqual(["ok", "ok", "ok"]);
  expect(codeOf(happened(now - 7 * DAY_MS - 1))).toBe("happened-too-early");
  expect(codeOf(happened(now + DAY_MS + 1))).toBe("happens-ahead");
});

test("ids are told in lower case, in whichever they were sent, and names that are none as they were sent", () => {
  const [about, signal, decision] = [aDecision(now), aSignal(now), aDecision(now)];
  const sent = { ...signal, id: signal.id.toUpperCase(), decisionId: about.id.toUpperCase() };
  expect(checkEvent(sent, now)).toMatchObject({ ok: true, event: { id: signal.id, decisionId: about.id } });
  const { epoch, version } = { epoch: "0199A000-0000-4000-8000-00000000000A", version: 3 };
  const by = { instance: epoch, ruleset: { epoch, version }, controls: [epoch, "Local-Stop"] };
  const lower = epoch.toLowerCase();
  expect(checkEvent({ ...decision, ...by }, now)).toMatchObject({
    event: { instance: lower, ruleset: { epoch: lower, version }, controls: [lower, "Local-Stop"] },
  });
  expect(checkEvent({ ...decision, instance: "Desk 1" }, now)).toMatchObject({ event: { instance: "Desk 1" } });
});

test("an id's own moment must be near as well, because events are stored by it", () => {
  expect(codeOf({ ...happened(now), id: aDecision(now - 8 * DAY_MS).id })).toBe("too-late");
  expect(codeOf({ ...happened(now), id: aDecision(now + 2 * DAY_MS).id })).toBe("clock-ahead");
});

test("a time with an offset is counted at its moment", () => {
  const checked = checkEvent({ ...aDecision(now), at: "2026-11-20T13:00:00.5+01:00" }, now);
  expect(checked).toMatchObject({ ok: true, event: { at: "2026-11-20T12:00:00.500Z" } });
});

test.each([
  ["a latency of a month", { ...aDecision(now), latencyMs: 2.6e9 }],
  ["a cost that no call has", { ...aDecision(now), costUsd: 1e300 }],
  ["more tokens than there are", { ...aDecision(now), tokensIn: 2e12 }],
  ["a correction that took less than nothing", aSignal(now, { feature: "reply-assistant", kind: "edited", value: -1 })],
  ["a score out of this world", aSignal(now, { feature: "reply-assistant", kind: "judged", value: 1e200 })],
])("%s is refused, or it would spoil every sum it is added to", (_, event) => {
  expect(codeOf(event)).toBe("implausible");
});

test("a score below zero is kept: it is no share and simply does not count as one", () => {
  expect(codeOf(aSignal(now, { feature: "reply-assistant", kind: "judged", value: -0.5 }))).toBe("ok");
});

test.each([
  ["a decision of the whole environment", { ...aDecision(now), feature: "*" }],
  ["a signal of the whole environment", aSignal(now, { feature: "*", kind: "manual-path" })],
  ["a release of two lines", { ...aDecision(now), release: "r\n1" }],
])("%s is refused, or it would be counted where others are", (_, event) => {
  expect(codeOf(event)).toBe("reserved-name");
});
