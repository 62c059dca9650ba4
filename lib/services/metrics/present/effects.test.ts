import { expect, it } from "vitest";
import { effectOf } from "./effects.ts";

const HOUR = 3_600_000;
const placedAt = new Date(10 * HOUR);
const rows = [
  { control: "a", hour: 11 * HOUR, decisions: 30 },
  { control: "b", hour: 11 * HOUR, decisions: 500 },
  { control: "a", hour: 10 * HOUR, decisions: 10 },
];

it("what a control did is its own decisions, oldest hour first, per hour since it was placed", () => {
  expect(effectOf({ id: "a", placedAt, liftedAt: null }, rows, { from: 0, now: 14 * HOUR })).toEqual({
    controlId: "a",
    total: 40,
    perHour: 10,
    since: 10 * HOUR,
    hours: [
      { at: 10 * HOUR, decisions: 10 },
      { at: 11 * HOUR, decisions: 30 },
    ],
  });
});

it("a lifted control's rate is of the time in which it held", () => {
  expect(
    effectOf({ id: "a", placedAt, liftedAt: new Date(12 * HOUR) }, rows, { from: 0, now: 50 * HOUR }).perHour,
  ).toBe(20);
});

it("one that has just been placed, or acted nowhere, has no wild rate", () => {
  expect(
    effectOf({ id: "a", placedAt, liftedAt: null }, rows.slice(0, 1), { from: 0, now: 10 * HOUR + 1 }).perHour,
  ).toBe(1_800);
  expect(effectOf({ id: "c", placedAt, liftedAt: null }, rows, { from: 0, now: 14 * HOUR })).toMatchObject({
    total: 0,
    perHour: 0,
    hours: [],
  });
});

it("of one that has held for longer than hours are kept, both are of the hours that are", () => {
  const since = { from: 11 * HOUR, now: 14 * HOUR };
  expect(effectOf({ id: "a", placedAt, liftedAt: null }, rows.slice(0, 1), since)).toMatchObject({
    since: 11 * HOUR,
    perHour: 10,
  });
});
