import { expect, test } from "vitest";
import { dataOutlook } from "./data-outlook.ts";

test.each([
  [{ seen: 200, required: 200, perDay: 0 }, { enough: true }],
  [
    { seen: 120, required: 200, perDay: 40 },
    { enough: false, missing: 80, days: 2 },
  ],
  [
    { seen: 119, required: 200, perDay: 40 },
    { enough: false, missing: 81, days: 3 },
  ],
  [
    { seen: 0, required: 200, perDay: 0 },
    { enough: false, missing: 200, days: null },
  ],
])("%o", (input, want) => expect(dataOutlook(input)).toEqual(want));
