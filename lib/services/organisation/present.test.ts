import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#lib/core/time.ts";
import { retentionConsequence } from "./present.ts";

const at = Date.parse("2026-11-20T22:30:00Z");

describe("what a change of the retention does is said before the click", () => {
  it("names the day of UTC from before which events go, what stays and what no longer counts", () => {
    const said = retentionConsequence(30, 14, at);
    expect(said).toContain("Raw events from before 6 November 2026, 00:00 UTC, are deleted within the hour");
    expect(said).toContain("for the last 14 days only");
    expect(said).toContain("Figures and charts stay as they are.");
    expect(said).toContain("heard of an answer more than 14 days after it");
  });
  it("names the next day where that begins within the hour", () => {
    expect(retentionConsequence(30, 14, at + HOUR_MS)).toContain("from before 7 November 2026, 00:00 UTC,");
  });
  it("deletes nothing where it becomes longer", () => {
    expect(retentionConsequence(30, 60, at)).toMatch(/^Nothing is deleted\./);
  });
  it("says nothing where nothing changes", () => {
    expect(retentionConsequence(30, 30, at)).toBeNull();
  });
});
