import fc from "fast-check";
import { HOUR_MS } from "#lib/core/time.ts";
import type { Line, Point } from "#lib/services/metrics/schema.ts";

/* Lines for tests, in short. */

const STATES = { f: "full", t: "thin", u: "unfinished", e: "early", n: "none", g: "gap" } as const;

function pointOf(index: number, state: Point["state"], value: number | null, until = index + 1): Point {
  const told = state === "gap" || state === "none" || state === "early" ? null : value;
  const [low, high] = told === null ? [null, null] : [told * 0.9, told * 1.1];
  return { at: index * HOUR_MS, until: until * HOUR_MS, value: told, low, high, n: 10 * (index + 1), state };
}

/** One letter an hour since the epoch: `f`ull, `t`hin, `u`nfinished, too `e`arly, `n`one, `g`ap, space: no bucket at all. The value of the nth is n, from 1. */
export function hours(letters: string): Point[] {
  return [...letters].flatMap((letter, index) =>
    letter === " " ? [] : [pointOf(index, STATES[letter as keyof typeof STATES], index + 1)],
  );
}

/** A line of such points, or of points as they are. */
export function lineOf(points: string | Point[], label = "All traffic", quiet = false): Line {
  return { key: label, label, quiet, points: typeof points === "string" ? hours(points) : points };
}

const anyPoint = fc.record({
  state: fc.constantFrom(...Object.values(STATES)),
  value: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  missing: fc.nat(9),
});

/** Any run of hours: values, gaps, and now and then no bucket at all. */
export const anyPoints: fc.Arbitrary<Point[]> = fc
  .array(anyPoint, { maxLength: 40 })
  .map((hours) =>
    hours.flatMap(({ state, value, missing }, index) => (missing === 0 ? [] : [pointOf(index, state, value)])),
  );
