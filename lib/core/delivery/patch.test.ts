import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ruleset } from "../decision/ruleset.ts";
import { canonicalJson } from "./canonical-json.ts";
import { entityHashes, hashInSlices, hashRuleset, rulesetHash } from "./hash.ts";
import { applyPatch, diffRulesets } from "./patch.ts";
import { anyRuleset, bigRuleset, emptyRuleset } from "./testing/ruleset-samples.ts";

const copy = <T>(value: T): T => structuredClone(value);
const pair = fc
  .tuple(anyRuleset, anyRuleset)
  .map(([a, b]): [Ruleset, Ruleset] => [a, { ...b, version: a.version + b.version + 1 }]);

describe("rulesetHash", () => {
  it("does not depend on the order of keys, at any depth", () => {
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, v]) => [key, backwards(v)]),
            )
          : value;
    fc.assert(
      fc.property(anyRuleset, (ruleset) => {
        expect(rulesetHash(backwards(ruleset) as Ruleset)).toBe(rulesetHash(ruleset));
      }),
    );
  });

  it("is the same whether or not a ruleset like it was hashed before", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        hashRuleset(a);
        expect(hashRuleset(b, a)).toEqual(hashRuleset(copy(b)));
      }),
    );
  });

  it("is the same after a trip over the wire", () => {
    fc.assert(
      fc.property(anyRuleset, (ruleset) => {
        expect(rulesetHash(JSON.parse(JSON.stringify(ruleset)))).toBe(rulesetHash(ruleset));
      }),
    );
  });

  it("leaves out the loaded bits of a filter, and nothing else of it", () => {
    const filter = { blob: "a".repeat(64), hashes: 7, size: 64 };
    const plain = { ...emptyRuleset, filters: { f: filter } };
    expect(rulesetHash({ ...emptyRuleset, filters: { f: { ...filter, bits: "AAAA" } } })).toBe(rulesetHash(plain));
    expect(rulesetHash({ ...emptyRuleset, filters: { f: { ...filter, size: 65 } } })).not.toBe(rulesetHash(plain));
  });

  it("cannot be fooled by a key that looks like two lines", () => {
    const [text, key] = [{ a: "one", b: "one" }, `a":${"0".repeat(64)}\n"texts/b`];
    expect(rulesetHash({ ...emptyRuleset, texts: text })).not.toBe(
      rulesetHash({ ...emptyRuleset, texts: { [key]: "one" } }),
    );
  });

  it("has one hash for the head and one for each entity", () => {
    const ruleset = { ...emptyRuleset, texts: { "a/b": "x" } };
    expect([...entityHashes(ruleset).keys()]).toEqual(["head", "texts/a/b"]);
  });
});

describe("diff and apply", () => {
  it("applying the difference gives the other ruleset, with its hash", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const result = applyPatch(copy(a), copy(diffRulesets(a, b)));
        expect(result).toEqual(b);
        expect(rulesetHash(copy(result as Ruleset))).toBe(rulesetHash(b));
      }),
    );
  });

  it("a chain of patches keeps the incremental hash equal to the whole one", () => {
    fc.assert(
      fc.property(fc.array(anyRuleset, { minLength: 2, maxLength: 6 }), (list) => {
        const versions = list.map((ruleset, version) => ({ ...ruleset, version }));
        let current = versions[0] as Ruleset;
        for (const next of versions.slice(1)) {
          current = applyPatch(current, diffRulesets(current, next)) as Ruleset;
          expect(hashRuleset(current).hash).toBe(hashRuleset(copy(current)).hash);
        }
      }),
    );
  });

  it("sends only what changed and shares the rest", () => {
    const before = {
      ...emptyRuleset,
      texts: { a: "one", b: "two" },
      attributes: { plan: { type: "string" as const } },
    };
    const after = { ...before, version: 2, texts: { a: "one", c: "three" } };
    const patch = diffRulesets(before, after);
    expect(Object.keys(patch.set).sort()).toEqual(["head", "texts/c"]);
    expect(patch.removed).toEqual(["texts/b"]);
    expect(applyPatch(before, patch)?.attributes).toBe(before.attributes);
  });

  it("keeps unknown top-level tables and unknown fields of a newer server", () => {
    const newer = (version: number, plan: string): Ruleset =>
      JSON.parse(JSON.stringify({ ...emptyRuleset, version, plans: { plan }, features: { f: { shiny: [plan] } } }));
    const result = applyPatch(newer(1, "old"), diffRulesets(newer(1, "old"), newer(2, "new")));
    expect(result).toEqual(newer(2, "new"));
  });

  it("keeps the loaded bits of a filter that still names the same blob, and drops those of another", () => {
    const filter = { blob: "a".repeat(64), hashes: 7, size: 64 };
    const before = { ...emptyRuleset, filters: { f: { ...filter, bits: "AAAA" }, g: { ...filter, bits: "BBBB" } } };
    const after = {
      ...emptyRuleset,
      version: 2,
      filters: { f: { ...filter, hashes: 8 }, g: { ...filter, blob: "b".repeat(64) } },
    };
    const result = applyPatch(before, diffRulesets(before, after));
    expect(result?.filters.f?.bits).toBe("AAAA");
    expect(result?.filters.g?.bits).toBeUndefined();
  });

  it("leaves the old ruleset as it was", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const before = copy(a);
        applyPatch(a, diffRulesets(a, b));
        expect(a).toEqual(before);
      }),
    );
  });
});

describe("what does not fit is refused", () => {
  const before = { ...emptyRuleset, texts: { a: "one" } };
  const after = { ...emptyRuleset, version: 2, texts: { a: "two", b: "x" } };
  const patch = diffRulesets(before, after);

  it.each<[string, unknown]>([
    ["another version", { ...patch, from: { ...patch.from, version: 0 } }],
    ["another epoch", { ...patch, from: { ...patch.from, epoch: "00000000-0000-4000-8000-00000000000b" } }],
    ["another result", { ...patch, to: { ...patch.to, version: 3 } }],
    ["a version that does not rise", { ...patch, to: { ...patch.to, version: 1 } }],
    ["a wrong hash", { ...patch, hash: patch.hash.replace(/^./, (c) => (c === "0" ? "1" : "0")) }],
    ["a missing entity", { ...patch, set: { head: patch.set.head } }],
    ["an extra entity", { ...patch, set: { ...patch.set, "texts/z": "z" } }],
    ["an entity of no table", { ...patch, set: { ...patch.set, "plans/z": "z" } }],
    ["an address of nothing", { ...patch, set: { ...patch.set, "": 1 } }],
    ["removing what is not there", { ...patch, removed: ["texts/zzz"] }],
    ["removing the head", { ...patch, removed: ["head"] }],
    ["setting and removing the same", { ...patch, removed: ["texts/a"] }],
    ["a head that carries a table", { ...patch, set: { ...patch.set, head: { ...emptyRuleset, version: 2 } } }],
    ["a head that is no object", { ...patch, set: { ...patch.set, head: [] } }],
    ["no set", { ...patch, set: null }],
    ["removed as text", { ...patch, removed: "texts/a" }],
    ["the other kind", { ...patch, kind: "whole" }],
    ["nothing", null],
    ["a text", "patch"],
  ])("%s", (_, tampered) => {
    expect(applyPatch(before, patch)).toEqual(after);
    expect(applyPatch(before, tampered as typeof patch)).toBeNull();
  });

  it("bits slipped into a filter that is sent", () => {
    const filter = { blob: "a".repeat(64), hashes: 7, size: 64 };
    const good = diffRulesets(before, { ...after, filters: { f: filter } });
    const bad = { ...good, set: { ...good.set, "filters/f": { ...filter, bits: "/w==" } } };
    expect(applyPatch(before, good)?.filters.f).toEqual(filter);
    expect(applyPatch(before, bad)).toBeNull();
  });

  it("going back within an epoch, but not to a new epoch of any version", () => {
    expect(applyPatch(after, diffRulesets(after, before))).toBeNull();
    expect(applyPatch(after, diffRulesets(after, { ...before, version: 2 }))).toBeNull();
    const restored = { ...before, epoch: "00000000-0000-4000-8000-00000000000b" };
    expect(applyPatch(after, diffRulesets(after, restored))).toEqual(restored);
  });

  it("any changed value of any entity", () => {
    fc.assert(
      fc.property(pair, fc.nat(), fc.jsonValue(), ([a, b], pick, value) => {
        const good = diffRulesets(a, b);
        const addresses = Object.keys(good.set);
        const address = addresses[pick % addresses.length] as string;
        fc.pre(canonicalJson(good.set[address]) !== canonicalJson(value));
        expect(applyPatch(a, { ...good, set: { ...good.set, [address]: value } })).toBeNull();
      }),
    );
  });

  it("any JSON at all, without throwing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(applyPatch(before, value as typeof patch)).toBeNull();
      }),
    );
  });

  it("nesting that would overflow the stack", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    expect(applyPatch(before, { ...patch, set: { ...patch.set, "texts/b": deep } })).toBeNull();
  });
});

describe("hashing in slices", () => {
  it("comes to the same hash as in one go", () => {
    const slices = hashInSlices(copy(bigRuleset));
    let count = 0;
    let step = slices.next();
    for (; !step.done; step = slices.next()) count++;
    expect(count).toBeGreaterThan(10);
    expect(step.value.hash).toBe(rulesetHash(bigRuleset));
  });
});
