import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AuditFacts, type AuditLink, auditHash, GENESIS, verifyChain } from "./chain.ts";

const anyFacts: fc.Arbitrary<Omit<AuditFacts, "seq">> = fc.record({
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  actor: fc.string(),
  actorName: fc.string(),
  action: fc.string(),
  environment: fc.option(fc.string()),
  target: fc.string(),
  featureKey: fc.option(fc.string()),
  sentence: fc.string(),
  reason: fc.option(fc.string()),
  details: fc.jsonValue(),
  requestId: fc.string(),
});

function link(list: Omit<AuditFacts, "seq">[]): AuditLink[] {
  let previousHash = GENESIS;
  return list.map((facts, i) => {
    const entry = { ...facts, seq: BigInt(i + 1) };
    const linked = { ...entry, previousHash, hash: auditHash(previousHash, entry) };
    previousHash = linked.hash;
    return linked;
  });
}

const anyChain = fc.array(anyFacts, { minLength: 1, maxLength: 8 }).map(link);

describe("the audit chain", () => {
  it("holds as it was written, whole or in pages, and after a trip through JSON columns", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), (chain, pick) => {
        const stored = chain.map((entry) => ({ ...entry, details: JSON.parse(JSON.stringify(entry.details)) }));
        expect(verifyChain(stored)).toEqual({ whole: true, entries: chain.length, head: chain.at(-1)?.hash });
        const cut = 1 + (pick % chain.length);
        expect(verifyChain(chain.slice(cut), chain[cut - 1])).toMatchObject({ whole: true, head: chain.at(-1)?.hash });
      }),
    );
  });

  it("breaks at the entry in which anything was changed", () => {
    const fields = [
      "actor",
      "actorName",
      "action",
      "environment",
      "target",
      "featureKey",
      "sentence",
      "reason",
      "details",
      "requestId",
    ] as const;
    fc.assert(
      fc.property(anyChain, fc.nat(), fc.constantFrom(...fields), fc.string(), (chain, pick, field, value) => {
        const victim = chain[pick % chain.length] as AuditLink;
        fc.pre(victim[field] !== value);
        const changed = chain.map((entry) => (entry === victim ? { ...entry, [field]: value } : entry));
        expect(verifyChain(changed)).toMatchObject({ whole: false, brokenAt: victim.seq.toString() });
      }),
    );
  });

  it("breaks where an entry was taken out, and after it where one was forged with a fitting hash", () => {
    fc.assert(
      fc.property(fc.array(anyFacts, { minLength: 3, maxLength: 8 }).map(link), fc.nat(), (chain, pick) => {
        const at = pick % (chain.length - 1);
        const gone = chain.filter((_, i) => i !== at);
        expect(verifyChain(gone)).toMatchObject({ whole: false, entries: at, brokenAt: `${at + 2}` });
        const victim = chain[at] as AuditLink;
        const forged = { ...victim, actor: `${victim.actor}!` };
        const fitting = { ...forged, hash: auditHash(forged.previousHash, forged) };
        expect(verifyChain(chain.map((entry, i) => (i === at ? fitting : entry)))).toMatchObject({
          whole: false,
          brokenAt: `${at + 2}`,
        });
      }),
    );
  });

  it("notices a time changed by a millisecond and two entries swapped", () => {
    const [one, two] = link(
      ["a", "b"].map((actor) => ({
        at: new Date(1_000),
        actor,
        actorName: "",
        action: "",
        environment: null,
        target: "",
        featureKey: null,
        sentence: "",
        reason: null,
        details: {},
        requestId: "",
      })),
    ) as [AuditLink, AuditLink];
    expect(verifyChain([one, { ...two, at: new Date(1_001) }])).toMatchObject({ brokenAt: "2" });
    expect(verifyChain([two, one])).toMatchObject({ brokenAt: "2", entries: 0 });
  });

  it("notices that an entry names another one as the one before it", () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), (chain, pick) => {
        const victim = chain[pick % chain.length] as AuditLink;
        const changed = chain.map((entry) => (entry === victim ? { ...entry, previousHash: "f".repeat(64) } : entry));
        expect(verifyChain(changed)).toMatchObject({ whole: false, brokenAt: victim.seq.toString() });
      }),
    );
  });

  it("of nothing is whole and has no head", () => {
    expect(verifyChain([])).toEqual({ whole: true, entries: 0, head: null });
  });
});
