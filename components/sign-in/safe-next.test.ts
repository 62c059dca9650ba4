import { expect, test } from "vitest";
import { safeNext } from "./safe-next.ts";

test("a path of the console is kept with its query", () => {
  expect(safeNext("/production/features/reply-assistant?tab=activity")).toBe(
    "/production/features/reply-assistant?tab=activity",
  );
});

test.each(["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/sign-in?next=/x"])(
  "%s leads home",
  (next) => {
    expect(safeNext(next)).toBe("/");
  },
);
