import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../types.ts";
import { isFurtherDown, isShown, needsReview, stricter } from "./stricter.ts";

const share = fc.constantFrom(0, 0.2, 0.5, 1);
const noticeOf = (id: string) => fc.constantFrom("Old words", "New words").map((text) => ({ id, text }));
const decision: fc.Arbitrary<Decision> = fc
  .record({
    serve: fc.constantFrom<Decision["serve"]>("ai", "fallback"),
    mode: fc.constantFrom<Decision["mode"]>("autonomous", "suggestion"),
    reviewBelow: share,
    minConfidence: share,
    maxLatencyMs: fc.integer({ min: 1, max: 9000 }),
    stream: fc.boolean(),
    fallback: fc.integer({ min: -1, max: 4 }).map((position) => ({ rung: "static" as const, content: "x", position })),
    notices: fc.subarray(["a", "b", "c"]).chain((ids) => fc.tuple(...ids.map(noticeOf))),
    sample: fc.boolean(),
    release: fc.constantFrom("r1", "r2"),
  })
  .map((fields) => ({
    schemaVersion: 1,
    id: "0198c1d2-7a6b-7c3d-8e4f-000000000001",
    feature: "f",
    arm: "current",
    slot: null,
    chain: fields.serve === "ai" ? [{ provider: "p", model: "m", timeoutMs: 1 }] : [],
    shadow: null,
    because: [],
    sticky: null,
    ruleset: { epoch: "e", version: 1 },
    ...fields,
  }));
const confidence = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));

describe("the stricter of two decisions", () => {
  it("is in no way less safe than either", () => {
    fc.assert(
      fc.property(decision, decision, confidence, (start, end, sure) => {
        const both = stricter(start, end);
        for (const one of [start, end]) {
          if (one.serve === "fallback") expect([both.serve, both.chain]).toEqual(["fallback", []]);
          if (one.mode === "suggestion") expect(both.mode).toBe("suggestion");
          if (needsReview(one, sure)) expect(needsReview(both, sure)).toBe(true);
          if (!isShown(one, sure)) expect(isShown(both, sure)).toBe(false);
          expect(both.maxLatencyMs).toBeLessThanOrEqual(one.maxLatencyMs);
          if (!one.stream) expect(both.stream).toBe(false);
          if (!one.sample) expect(both.sample).toBe(false);
          expect(isFurtherDown(one.fallback, both.fallback)).toBe(false);
          expect(both.notices).toEqual(expect.arrayContaining(one.notices));
        }
        expect(new Set(both.notices.map(({ id, text }) => `${id} ${text}`)).size).toBe(both.notices.length);
        expect(both.release).toBe(end.release);
      }),
    );
  });

  it("is the same decision when nothing changed", () => {
    fc.assert(
      fc.property(decision, (one) => {
        expect(stricter(one, { ...one })).toEqual(one);
      }),
    );
  });

  it("goes beyond the end of the ladder rather than back up to a rung", () => {
    const at = (position: number): Decision["fallback"] => ({ rung: "manual", content: "", position });
    const [cached, beyond] = [at(0), at(-1)];
    fc.assert(
      fc.property(decision, (one) => {
        for (const [start, end] of [
          [cached, beyond],
          [beyond, cached],
        ] as const) {
          const both = stricter({ ...one, fallback: start }, { ...one, fallback: end });
          expect(both.fallback).toBe(beyond);
        }
      }),
    );
  });
});
