import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Unit } from "./definition.ts";
import { formatBeside, formatChange, formatDuration, formatShare, formatValue } from "./format.ts";

describe("figures as people read them", () => {
  test.each<[number | null, Unit, string]>([
    [0.31, "share", "31%"],
    [0.031, "share", "3.1%"],
    [0.0042, "share", "0.42%"],
    [0.00004, "share", "under 0.01%"],
    [0, "share", "0%"],
    [1, "share", "100%"],
    [0.9961, "share", "99.61%"],
    [0.999999, "share", "over 99.99%"],
    [0.96, "share", "96%"],
    [3.14, "per-1000", "3.1 per 1,000"],
    [42.4, "per-1000", "42 per 1,000"],
    [0.25, "per-1000", "0.25 per 1,000"],
    [0.42, "seconds", "0.4 s"],
    [9.96, "seconds", "10 s"],
    [38.2, "seconds", "38 s"],
    [119.7, "seconds", "2 min"],
    [119.4, "seconds", "119 s"],
    [160, "seconds", "2 min 40 s"],
    [180, "seconds", "3 min"],
    [7500, "seconds", "2 h 5 min"],
    [840.4, "milliseconds", "840 ms"],
    [999.7, "milliseconds", "1 s"],
    [2300, "milliseconds", "2.3 s"],
    [0.00423, "usd", "$0.0042"],
    [0.0000004, "usd", "$0.0000004"],
    [12.5, "usd", "$12.50"],
    [0, "usd", "$0.00"],
    [812.4, "tokens", "812 tokens"],
    [1, "tokens", "1 token"],
    [0.823, "score", "0.82"],
    [1204, "count", "1,204"],
    [null, "share", "not known"],
    [Number.NaN, "seconds", "not known"],
  ])("%d as %s is %s", (value, unit, words) => expect(formatValue(value, unit)).toBe(words));

  test("money in the organisation's currency", () => expect(formatValue(0.5, "usd", "EUR")).toBe("€0.50"));

  test.each([
    [0.73, "73%"],
    [-0.2, "20%"],
    [0.042, "4.2%"],
    [11.5, "1,150%"],
    [-0.9967, "99.67%"],
    [-0.99999, "over 99.99%"],
    [-1, "100%"],
    [Number.NaN, "not known"],
  ])("a change of %d is %s", (relative, words) => expect(formatChange(relative)).toBe(words));

  test.each([
    [0, "0 seconds"],
    [40_000, "40 seconds"],
    [60_000, "1 minute"],
    [4 * 60_000, "4 minutes"],
    [119 * 60_000, "119 minutes"],
    [3 * 3_600_000, "3 hours"],
    [50 * 3_600_000, "2 days"],
  ])("%d ms are %s", (ms, words) => expect(formatDuration(ms)).toBe(words));
});

const UNITS: readonly Unit[] = ["share", "per-1000", "seconds", "milliseconds", "usd", "tokens", "score", "count"];

const anyNumber = fc.oneof(
  fc.double({ min: -1e15, max: 1e15 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, -1e-9, 0.1 + 0.2, 1e-300),
);

describe("a figure beside another from which it is said to differ", () => {
  test.each<[number | null, number | null, Unit, string, string]>([
    [0.1249, 0.1151, "share", "12.5%", "11.5%"],
    [0.31, 0.2, "share", "31%", "20%"],
    [0.0203, 0.02, "share", "2.03%", "2%"],
    [0.35004, 0.35, "share", "35.004%", "35%"],
    [0.00004, 0.00008, "share", "0.004%", "0.008%"],
    [0.99996, 0.99998, "share", "99.996%", "99.998%"],
    [11.4, 10.6, "seconds", "11.4 s", "10.6 s"],
    [0.32, 0.28, "seconds", "0.32 s", "0.28 s"],
    [1.1, 1.4, "milliseconds", "1.1 ms", "1.4 ms"],
    [0.0107, 0.0113, "usd", "$0.0107", "$0.0113"],
    [12.004, 12.001, "usd", "$12.004", "$12.001"],
    [1.2, 1.4, "tokens", "1.2 tokens", "1.4 tokens"],
    [0.0512, 0.0546, "score", "0.051", "0.055"],
    [4.24, 4.16, "per-1000", "4.24 per 1,000", "4.16 per 1,000"],
    [0.12, 0.12, "share", "12%", "12%"],
    [0.12, null, "share", "12%", "not known"],
  ])("%d and %d as %s are %s and %s", (value, other, unit, words, others) => {
    expect([formatBeside(value, other, unit), formatBeside(other, value, unit)]).toEqual([words, others]);
  });

  test("is never said to be as large where the two are called different", () => {
    const value = fc.double({ min: 0.02, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        value,
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.constantFrom(...UNITS),
        (any, more, unit) => {
          const most = unit === "share" || unit === "score" ? 1 / (1 + more) : Number.POSITIVE_INFINITY;
          const other = Math.min(any, most);
          expect(formatBeside(other * (1 + more), other, unit)).not.toBe(formatBeside(other, other * (1 + more), unit));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test("whatever the number, people read no NaN, no Infinity, no exponent and no minus nothing", () => {
  fc.assert(
    fc.property(anyNumber, fc.constantFrom(...UNITS), (number, unit) => {
      const said = [
        formatValue(number, unit),
        formatBeside(number, 1, unit),
        formatChange(number),
        formatDuration(number),
        formatShare(number),
      ];
      for (const words of said) expect(words).not.toMatch(/NaN|Infinity|∞|undefined|null|\de[+-]?\d|^-0(\.0+)?\D*$/);
    }),
  );
});

test("a share that is not all is never said to be all, nor one that is not none, none", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      (left, right) => {
        expect(["0%", "100%"]).not.toContain(formatShare(Math.min(left, right) / (left + right)));
      },
    ),
  );
});
