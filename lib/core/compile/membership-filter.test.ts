import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitIndexes, mightContain } from "../decision/membership.ts";
import { buildMembershipFilter } from "./membership-filter.ts";

const pseudonym = (id: string) => createHmac("sha256", "key").update(id).digest("hex").slice(0, 32);
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => pseudonym(`${prefix}-${i}`));

describe("membership filter", () => {
  it("never turns a member away", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[0-9a-f]{32}$/), { maxLength: 200 }), (members) => {
        const filter = buildMembershipFilter(members, members.length);
        for (const member of members) expect(mightContain(filter.bytes, filter.hashes, member)).toBe(true);
      }),
    );
  });

  it.each([0, 1, 50, 2_000, 20_000])("of %i members admits at most one in a thousand others", (count) => {
    const filter = buildMembershipFilter(people("member", count), count);
    const strangers = people("stranger", 50_000);
    const admitted = strangers.filter((stranger) => mightContain(filter.bytes, filter.hashes, stranger)).length;
    expect(admitted / strangers.length).toBeLessThanOrEqual(0.001);
  });

  it("is the same whatever the order of people", () => {
    const members = people("member", 300);
    expect(buildMembershipFilter(members.toReversed(), 300)).toEqual(buildMembershipFilter(members, 300));
  });

  it("admits nobody who is no pseudonym, and nobody when it is no filter", () => {
    const member = pseudonym("a");
    const filter = buildMembershipFilter([member], 1);
    for (const stranger of ["", "a", member.toUpperCase(), `${member}0`])
      expect(mightContain(filter.bytes, filter.hashes, stranger)).toBe(false);
    expect(mightContain(filter.bytes, 0, member)).toBe(false);
    expect(mightContain(new Uint8Array(), filter.hashes, member)).toBe(false);
  });

  it("names the same bits on every machine", () => {
    expect(bitIndexes("00000001000000020000000300000004", 5, 1000)).toEqual([3, 10, 18, 28, 41]);
    expect(bitIndexes("ffffffffffffffffffffffffffffffff", 3, 1 << 15)).toEqual([0, 0, 1]);
  });
});
