import { expect, test } from "vitest";
import type { DataHealth } from "#lib/services/metrics/schema.ts";
import { healthSentences } from "./health-words.ts";

const healthy: DataHealth = {
  decisions: 12_400,
  signals: 9_300,
  users: 840,
  usersExact: true,
  lastReportedAt: 0,
  lateShare: 0,
  dropped: { decisions: 0, signals: 0 },
  unattributed: 0,
  unassigned: 0,
  silent: [],
};

test("healthy data says what it is of, and that nothing is missing", () => {
  expect(healthSentences(healthy)).toEqual([
    "12,400 decisions and 9,300 signals of what came after, from 840 people who had a request.",
    "Nothing arrived late.",
    "Servers have dropped nothing since they started.",
  ]);
});

test("what is late, lost or not known to be exact is named", () => {
  const said = healthSentences({
    ...healthy,
    usersExact: false,
    lateShare: 0.0123,
    dropped: { decisions: 20, signals: 1 },
    unattributed: 7,
    unassigned: 2,
  }).join(" ");
  expect(said).toContain("from about 840 people");
  expect(said).toContain("1.2% of it arrived late.");
  expect(said).toContain(
    "Since they started, these servers had to drop 20 decisions and 1 signal, over all features: some may be missing here.",
  );
  expect(said).toContain("7 signals whose decision never arrived, or is no longer kept.");
  expect(said).toContain("2 decisions of no known feature.");
});

test("people that hosts do not report are left out, not counted as none", () => {
  expect(healthSentences({ ...healthy, users: null })[0]).toMatch(
    /^12,400 decisions and 9,300 signals of what came after\.$/,
  );
});
