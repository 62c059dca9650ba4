import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { fateOf, remainingChain } from "./chain.ts";
import { type PreparedControl, prepareControl } from "./prepare-control.ts";
import { type ApprovedPair, prepareRelease } from "./prepare-release.ts";
import type { ChainStep } from "./ruleset.ts";
import { control } from "./testing/arbitraries.ts";

// Many runs in one test: slow only on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const model = fc.record({ provider: fc.constantFrom("a", "b", "c"), model: fc.constantFrom("m", "n") });
const step: fc.Arbitrary<ChainStep> = model.map((each) => ({ ...each, timeoutMs: 1 }));
const pairs: fc.Arbitrary<ApprovedPair[]> = fc.array(fc.record({ from: model, to: model }), { maxLength: 3 });
const effect = fc.oneof(
  fc.record({ kind: fc.constant("stopModel") }),
  fc.record({ kind: fc.constant("reroute"), to: model }),
  fc.record({ kind: fc.constant("reroute"), to: fc.record({ provider: fc.constantFrom("a", "b", "c") }) }),
);
const controls: fc.Arbitrary<PreparedControl[]> = fc
  .array(fc.tuple(control, effect), { maxLength: 4 })
  .map((list) =>
    list.map(([raw, acts], index) => prepareControl(`k${index}`, { ...raw, effects: [acts] }, () => null)),
  );

function releaseOf(chain: ChainStep[]) {
  return prepareRelease("r", { readable: true, withdrawn: false, chain }, [], [], () => ({ stamp: -1 }));
}

describe("the chain", () => {
  test("with more controls each step goes only from allowed to rerouted to stopped, and never to another target", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), controls, controls, pairs, (chain, few, more, approved) => {
        const release = releaseOf(chain);
        for (const each of chain) {
          const before = fateOf(each, release, few, approved);
          const after = fateOf(each, release, [...few, ...more], approved);
          if (before === null) expect(after).toBeNull();
          else if (before !== each && after !== null)
            expect(after).toMatchObject({ provider: before.provider, model: before.model });
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test("a step goes only where its chain or an approved pair allows, and never to what is stopped", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), controls, pairs, (chain, list, approved) => {
        const release = releaseOf(chain);
        const same = (a: { provider: string; model: string }, b: ChainStep) =>
          a.provider === b.provider && a.model === b.model;
        for (const each of chain) {
          const to = fateOf(each, release, list, approved);
          if (to === null || to === each) continue;
          const allowed =
            chain.some((other) => same(other, to)) ||
            approved.some((pair) => same(pair.from, each) && same(pair.to, to));
          expect(allowed).toBe(true);
          const stopped = list.some(
            ({ effects, provider, model: name }) =>
              effects.stop && (provider ?? to.provider) === to.provider && (name ?? to.model) === to.model,
          );
          expect(stopped).toBe(false);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test("starting later leaves no model that was not there before", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), controls, pairs, fc.nat(4), (chain, list, approved, start) => {
        const release = releaseOf(chain);
        const names = (from: number) =>
          remainingChain(release, from, list, approved).map((each) => `${each.provider} ${each.model}`);
        const before = new Set(names(start));
        for (const name of names(start + 1)) expect(before).toContain(name);
      }),
      { numRuns: 2_000 },
    );
  });
});
