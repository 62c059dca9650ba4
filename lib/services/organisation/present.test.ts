import { describe, expect, it } from "vitest";
import { retentionConsequence } from "./present.ts";

const at = { now: Date.parse("2026-11-20T23:30:00Z"), zone: "Europe/Berlin" };

describe("what a change of the retention does is said before the click", () => {
  it("names the day in the organisation's zone from before which events go, and what stays", () => {
    const said = retentionConsequence(30, 14, at);
    expect(said).toContain("Raw events from before 7 November 2026 are deleted within the hour");
    expect(said).toContain("for the last 14 days only");
    expect(said).toContain("Figures and charts stay as they are.");
  });
  it("deletes nothing where it becomes longer", () => {
    expect(retentionConsequence(30, 60, at)).toMatch(/^Nothing is deleted\./);
  });
  it("says nothing where nothing changes", () => {
    expect(retentionConsequence(30, 30, at)).toBeNull();
  });
});
