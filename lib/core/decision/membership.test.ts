import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitIndexes, mightContain, mightContainEncoded } from "./membership.ts";
import { decodeBase64, hashUser } from "./user-hash.ts";

const KEY = "a2V5IG9mIHRoZSBkZW1vIGVudmlyb25tZW50";

describe("hashUser", () => {
  test("is the first 128 bits of HMAC-SHA-256 (RFC 4231, test case 2)", () => {
    const key = Buffer.from("Jefe").toString("base64");
    expect(hashUser(key, "what do ya want for nothing?")).toBe("5bdcc146bf60754e6a042426089575c7");
  });

  test("agrees with another implementation on any id", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (userId) => {
        const expected = createHmac("sha256", Buffer.from(KEY, "base64")).update(userId, "utf8").digest("hex");
        expect(hashUser(KEY, userId)).toBe(expected.slice(0, 32));
      }),
    );
  });

  test("without a readable key there is no pseudonym", () => {
    expect(hashUser("", "anna")).toBeNull();
    expect(hashUser("***", "anna")).toBeNull();
    expect(decodeBase64("/+8=")).toEqual(new Uint8Array([255, 239]));
  });
});

describe("membership", () => {
  const people = Array.from({ length: 1_000 }, (_, i) => hashUser(KEY, `person ${i}`) ?? "");
  const others = Array.from({ length: 20_000 }, (_, i) => hashUser(KEY, `other ${i}`) ?? "");
  const bits = new Uint8Array(2_000);
  for (const hash of people)
    for (const at of bitIndexes(hash, 11, bits.length * 8) ?? [])
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));

  test("everyone who was put in is in", () => {
    expect(people.every((hash) => mightContain(bits, 11, hash))).toBe(true);
  });

  test("at most 0.1 % of others are in", () => {
    expect(others.filter((hash) => mightContain(bits, 11, hash)).length).toBeLessThanOrEqual(20);
  });

  test("what is no pseudonym is not in, even where every bit is set", () => {
    const full = new Uint8Array(8).fill(255);
    for (const text of ["", "anna", "X".repeat(32), "AB".repeat(16), "0".repeat(33)]) {
      expect(mightContain(full, 3, text)).toBe(false);
    }
    expect(mightContain(full, 3, "0".repeat(32))).toBe(true);
  });

  test("bits are read from base64 as from bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(999),
        (bytes, hashes, who) => {
          const text = Buffer.from(bytes).toString("base64");
          const hash = people[who] ?? "";
          expect(mightContainEncoded(text, bytes.length * 8, hashes, hash)).toBe(mightContain(bytes, hashes, hash));
          expect(mightContainEncoded(text, bytes.length * 8 + 24, hashes, hash)).toBe(false);
        },
      ),
    );
    expect(mightContainEncoded("////////////", 72, 1, "0".repeat(32))).toBe(true);
    expect(mightContainEncoded("*///////////", 72, 1, "0".repeat(32))).toBe(false);
  });

  test("no bits or no hash functions hold nobody", () => {
    expect(mightContain(new Uint8Array(0), 3, "0".repeat(32))).toBe(false);
    expect(mightContain(new Uint8Array(8).fill(255), 0, "0".repeat(32))).toBe(false);
  });
});
