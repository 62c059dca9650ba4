import { describe, expect, it } from "vitest";
import { pairOf, peopleOfPair, seenArms } from "./arms.ts";

const row = (arm: string, release: string, bucket: number, decisions = 10) => ({
  arm,
  release,
  bucket,
  measures: { decisions },
});

describe("the arms of a period", () => {
  const rows = [
    row("current", "r1", 1),
    row("current", "r1", 2, 90),
    row("candidate", "r2", 2),
    row("candidate", "r2", 3),
    row("current", "r1", 3),
    row("pinned", "r0", 3),
    row("candidate", "r9", 1, 0),
  ];
  it("are told with how much they answered, and from when to when", () => {
    expect(seenArms(rows)).toEqual([
      { arm: "current", release: "r1", decisions: 110, first: 1, last: 3 },
      { arm: "candidate", release: "r2", decisions: 20, first: 2, last: 3 },
      { arm: "pinned", release: "r0", decisions: 10, first: 3, last: 3 },
    ]);
  });
  it("make a pair of the newest candidate and the current release beside it", () => {
    expect(pairOf(seenArms(rows))).toMatchObject({ candidate: { release: "r2" }, current: { release: "r1" } });
  });
  it("make none without a candidate, or without a current release in its hours", () => {
    expect(pairOf(seenArms(rows.filter(({ arm }) => arm !== "candidate")))).toBeNull();
    expect(pairOf(seenArms([row("current", "r1", 1), row("candidate", "r2", 2)]))).toBeNull();
  });
  it("hold a candidate that was promoted, or taken back, against what it was tried beside", () => {
    const tried = [
      ...[1, 2, 3, 4].flatMap((bucket) => [row("current", "r1", bucket), row("candidate", "r2", bucket)]),
      ...[4, 5, 6].map((bucket) => row("current", "r2", bucket, 500)),
    ];
    expect(pairOf(seenArms(tried))).toMatchObject({ candidate: { release: "r2" }, current: { release: "r1" } });
    const takenBack = tried.map((each) =>
      each.bucket > 3 && each.arm === "current" ? row("current", "r0", each.bucket, 500) : each,
    );
    expect(pairOf(seenArms(takenBack))).toMatchObject({ candidate: { release: "r2" }, current: { release: "r1" } });
  });
  it("of two candidates the newer one is looked at, also when it answered less", () => {
    const two = [
      row("current", "r1", 1),
      row("current", "r1", 5),
      row("candidate", "r2", 1, 500),
      row("candidate", "r3", 5, 5),
    ];
    expect(pairOf(seenArms(two))?.candidate.release).toBe("r3");
  });
});

it("people of a pair are known where the candidate is not older than the period, the others at least", () => {
  const releases = [{ arm: "candidate", release: "r2", firstAt: 50, lastAt: 90, users: 7 }];
  const pair = pairOf(seenArms([row("current", "r1", 60), row("candidate", "r2", 60)]));
  if (!pair) throw new Error("there is a pair");
  expect(peopleOfPair(pair, releases, { from: 50, people: 20 })).toEqual({ candidate: 7, current: 13 });
  expect(peopleOfPair(pair, releases, { from: 50, people: null })).toEqual({ candidate: 7, current: null });
  expect(peopleOfPair(pair, releases, { from: 51, people: 20 })).toEqual({ candidate: null, current: null });
  expect(peopleOfPair(pair, [], { from: 0, people: 20 })).toEqual({ candidate: null, current: null });
});
