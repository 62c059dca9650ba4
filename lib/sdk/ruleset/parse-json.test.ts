import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json.ts";

function parse(text: string): unknown {
  const work = parseJson(text);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const nested = fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue())));

describe("parsing JSON in slices", () => {
  it("gives what JSON.parse gives, spaces or not", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nested), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parse(text)).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses what JSON.parse refuses, and accepts nothing else", () => {
    const broken = fc.oneof(fc.jsonValue(), nested).chain((value) => {
      const text = JSON.stringify(value);
      return fc
        .tuple(fc.nat(text.length), fc.constantFrom("", "}", '"', "\\", ",", "x", "[", ":", " "))
        .map(([at, noise]) => text.slice(0, at) + noise + text.slice(at + 1));
    });
    fc.assert(
      fc.property(broken, (text) => {
        let wanted: { value: unknown } | null = null;
        try {
          wanted = { value: JSON.parse(text) };
        } catch {}
        if (wanted) expect(parse(text)).toStrictEqual(wanted.value);
        else expect(() => parse(text)).toThrow(SyntaxError);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps a field called __proto__ a field", () => {
    const value = parse('{"ruleset":{"texts":{"__proto__":{"a":1}}}}');
    expect(JSON.stringify(value)).toBe('{"ruleset":{"texts":{"__proto__":{"a":1}}}}');
  });

  it("pauses on a long text", () => {
    const texts = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`text-${i}`, "x".repeat(1000)]));
    let pauses = 0;
    for (const _ of parseJson(JSON.stringify({ ruleset: { texts } }))) pauses++;
    expect(pauses).toBeGreaterThan(5);
  });
});
