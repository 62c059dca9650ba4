import { describe, expect, test } from "vitest";
import { HARM } from "../metrics/definitions/harm.ts";
import { signalMeasure } from "../metrics/measures.ts";
import type { SignalKind } from "./event.ts";
import { HARM_BY_KIND, HARMFUL_SIGNALS, harmOf } from "./harm.ts";
import { SIGNAL_KINDS } from "./signal-kinds.ts";

const signal = (kind: string, label: string | null = null) => ({ kind, label });

test("every kind of signal says whether it is a sign of harm, in words", () => {
  expect(Object.keys(HARM_BY_KIND).sort()).toEqual([...SIGNAL_KINDS].sort());
  const words = Object.values(HARM_BY_KIND).map((harm) => ("hurt" in harm ? harm.hurt : harm.harmless));
  for (const each of words) expect(each).toMatch(/^\w[\w ,;'-]+\.?$/);
  expect(new Set(HARMFUL_SIGNALS.map(({ hurt }) => hurt)).size).toBe(HARMFUL_SIGNALS.length);
});

test("harm is what the shares of the harm family count, and thumbs down", () => {
  const counted = HARM.flatMap(({ formula }) => (formula.kind === "share" ? formula.numerator : []));
  const ours = HARMFUL_SIGNALS.map(({ kind, label }) =>
    label === null ? signalMeasure(kind as SignalKind) : `${kind}_${label}`,
  );
  expect(ours.sort()).toEqual([...counted, "s_thumbs_down"].sort());
});

describe("an answer hurt when", () => {
  test.each([
    [[], []],
    [[signal("shown"), signal("accepted"), signal("reviewed"), signal("dismissed")], []],
    [[signal("edited"), signal("edited", "tone")], ["was changed by a person before use"]],
    [[signal("audited", "fine")], []],
    [[signal("audited"), signal("audited", "misleading")], ["was found misleading by an audit"]],
    [[signal("moderated", "false-positive")], ["was sent to moderation"]],
    [
      [signal("escalated"), signal("accepted"), signal("reverted")],
      ["was used and then undone", "ended in an escalation to support"],
    ],
    [[signal("a kind of tomorrow")], []],
  ])("its signals are %j: %j", (signals, harm) => {
    expect(harmOf(signals)).toEqual(harm);
  });
});
