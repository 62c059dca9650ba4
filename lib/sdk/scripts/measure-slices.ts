import { createParser } from "eventsource-parser";
import { decide } from "../../core/decision/decide.ts";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { staleControls } from "../../core/decision/stale-controls.ts";
import { withControls } from "../../core/decision/with-controls.ts";
import { hashInSlices, rulesetHash } from "../../core/delivery/hash.ts";
import { applyPatch, diffRulesets } from "../../core/delivery/patch.ts";
import { bigRuleset } from "../../core/delivery/testing/ruleset-samples.ts";
import { parseJson } from "../ruleset/parse-json.ts";
import { writeJson } from "../ruleset/write-json.ts";

/**
 * The longest synchronous stretches of the SDK's own code on a ruleset of 500 features (2.1 MB): each step is measured many times and its best
 * time told, because on a busy machine other programs can only add. Prints one JSON line per figure and asserts nothing; the aim is 5 ms.
 */
const TIMES = 15;

const text = JSON.stringify({ kind: "whole", hash: "", ruleset: bigRuleset, serverTime: 1 });
const fresh = () => (JSON.parse(text) as { ruleset: Ruleset }).ruleset;

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** The longest of a row of steps, each at its best. */
function longest(steps: () => Iterable<number>): number {
  let best: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const times = [...steps()];
    best = times.map((each, index) => Math.min(each, best[index] ?? each));
  }
  return Math.max(...best);
}

/** The times of a generator's slices. */
function* slicesOf(work: Generator<void, unknown>): Generator<number, void> {
  for (let done: boolean | undefined = false; !done; ) {
    yield timed(() => {
      done = work.next().done;
    });
  }
}

function* streamed(): Generator<number, void> {
  const bytes = new TextEncoder().encode(`event: ruleset\ndata: ${text}\n\n`);
  const parser = createParser({ onEvent: () => undefined });
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = bytes.subarray(at, at + 65_536);
    yield timed(() => parser.feed(decoder.decode(part, { stream: true })));
  }
}

function report(name: string, ms: number): void {
  console.log(JSON.stringify({ name: `sdk.slice.${name}`, value: Number(ms.toFixed(2)), unit: "ms" }));
}

rulesetHash(bigRuleset);
const feature = bigRuleset.features["feature-3"];
if (!feature) throw new Error("the sample has no such feature");
const next = {
  ...bigRuleset,
  version: 2,
  features: { ...bigRuleset.features, "feature-3": { ...feature, on: false } },
};
const patch = diffRulesets(bigRuleset, next, 1);
const ask = (rules: Ruleset) => decide(rules, "feature-3", { scenarios: ["billing"] }, { now: 1, requestId: "x" });
const stale = () => withControls(bigRuleset, staleControls(bigRuleset));

report("stream", longest(streamed));
report(
  "parse",
  longest(() => slicesOf(parseJson(text))),
);
report(
  "verify",
  longest(() => slicesOf(hashInSlices(fresh()))),
);
report(
  "verifyLike",
  longest(() => slicesOf(hashInSlices(fresh(), bigRuleset))),
);
report(
  "patch",
  longest(() => [timed(() => applyPatch(bigRuleset, patch))]),
);
report(
  "firstDecision",
  longest(() => [timed(() => ask({ ...bigRuleset }))]),
);
report(
  "becomeStaleAndDecide",
  longest(() => [timed(() => ask(stale()))]),
);
report(
  "cacheFile",
  longest(() => slicesOf(writeJson({ ruleset: bigRuleset }))),
);
