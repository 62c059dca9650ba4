import { describe, expect, test } from "vitest";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import { lastDays } from "./frame.ts";
import { peopleLately } from "./people-lately.ts";
import type { Row } from "./samples.ts";

const now = Date.parse("2026-11-20T06:00:00Z");
const slots = lastDays(now, 28, "UTC");
const nobody = {
  users7: 0,
  users28: 0,
  leftOff: 0,
  keptOn: 0,
  usedOrSwitched: 0,
  newUsers: 0,
  cameBack: 0,
  startedAgain: 0,
};

/** So many people a day, today as many as are said. */
function userDays(each: number, today: number): UserDay[] {
  return slots.map(({ day }, index) => ({
    ...nobody,
    day: day ?? "",
    users1: index === slots.length - 1 ? today : each,
  }));
}

/** Ten requests an hour over so many days. */
function requests(days: number): Row[] {
  return Array.from({ length: days * 24 }, (_, hour) => ({
    bucket: now - (hour + 1) * HOUR_MS,
    measures: { decisions: 10 },
  }));
}

function lately(users: number | null, days: number, people: UserDay[] | null): number | null {
  const rows = requests(days);
  const sample = { measures: { decisions: rows.length * 10 }, groups: [], bins: [], users };
  const recent = rows.filter(({ bucket }) => bucket >= now - DAY_MS);
  const page = {
    frame: { span: { from: now - days * DAY_MS } },
    rows: { now: rows },
    users: people && { rows: people, slots },
  };
  return peopleLately(sample, recent, page);
}

describe("how many people the last 24 hours had", () => {
  test("is not how many the period had", () => expect(lately(900, 28, null)).toBe(32));
  test("is at least today's", () => expect(lately(900, 28, userDays(20, 60))).toBe(60));
  test("is at least those of yesterday, by the part of it that is as new", () => {
    expect(lately(900, 28, userDays(120, 10))).toBe(90);
  });
  test("is not taken from a yesterday of which the rows begin later", () => {
    expect(lately(50, 1, userDays(120, 10))).toBe(50);
  });
  test("is not known where the people of the period are not", () =>
    expect(lately(null, 28, userDays(9, 9))).toBeNull());
});
