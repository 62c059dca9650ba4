import { describe, expect, it } from "vitest";
import { UsageCounter } from "./usage.ts";

const MINUTE = 60_000;

describe("requests per user per hour", () => {
  it("counts a user's own requests, this one included, and forgets them after the hour", () => {
    let now = 1_000_000;
    const usage = new UsageCounter(() => now);
    expect(usage.count("a")).toBe(1);
    expect(usage.count("b")).toBe(1);
    now += 30 * MINUTE;
    expect(usage.count("a")).toBe(2);
    now += 31 * MINUTE;
    expect(usage.count("a")).toBe(2);
    now += 200 * MINUTE;
    expect(usage.count("a")).toBe(1);
  });

  it("never forgets a request that is less than 55 minutes old", () => {
    let now = 0;
    const usage = new UsageCounter(() => now);
    for (let i = 0; i < 11; i++) {
      expect(usage.count("a")).toBe(i + 1);
      now += 5 * MINUTE - 1;
    }
  });

  it("forgets whoever was not seen for long when there are too many", () => {
    const usage = new UsageCounter(() => 0, 2);
    usage.count("a");
    usage.count("b");
    usage.count("a");
    usage.count("c");
    expect(usage.count("a")).toBe(3);
    usage.count("d");
    usage.count("e");
    usage.count("f");
    expect(usage.count("b")).toBe(1);
  });
});
