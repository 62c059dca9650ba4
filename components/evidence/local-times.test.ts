import { expect, test } from "vitest";
import { fieldOf, fieldsOf, momentOf, zoneInWords } from "./local-times.ts";

const at = new Date(2026, 10, 5, 9, 7, 42).getTime();

test("a field shows the viewer's own time, and gives it back to the minute", () => {
  expect(fieldOf(at)).toBe("2026-11-05T09:07");
  expect(momentOf("2026-11-05T09:07")).toBe(new Date(at - 42_000).toISOString());
  expect(momentOf("")).toBeNull();
});

test("the minutes of a span hold all of it; without one they are the last day", () => {
  expect(fieldsOf({ from: at, to: at + 1000 }, 0)).toEqual({ from: "2026-11-05T09:07", to: "2026-11-05T09:08" });
  expect(fieldsOf({ from: at }, at)).toEqual({ from: "2026-11-05T09:07", to: "2026-11-05T09:08" });
  expect(fieldsOf({}, at).from).toBe("2026-11-04T09:07");
});

test("the zone is named", () => {
  expect(zoneInWords(at)).toContain(Intl.DateTimeFormat().resolvedOptions().timeZone);
});
