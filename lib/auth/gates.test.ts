import { expect, test } from "vitest";
import { originOf, requireSameOrigin } from "./origin.ts";
import { sessionCookieName } from "./session-cookie.ts";
import { delayBeforeAttempt } from "./slow-down.ts";

const from = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers));

test.each<Record<string, string>>([
  { host: "console.example", origin: "https://console.example" },
  { host: "10.0.0.7:3000", origin: "http://10.0.0.7:3000" },
  { host: "internal:3000", "x-forwarded-host": "console.example", origin: "https://console.example" },
])("the console's own page may post: %o", (headers) => {
  expect(from(headers)).not.toThrow();
});

test.each<Record<string, string>>([
  { host: "console.example" },
  { host: "console.example", origin: "null" },
  { host: "console.example", origin: "https://evil.example" },
  { host: "console.example", origin: "https://console.example.evil.example" },
  { host: "console.example:3000", origin: "https://console.example" },
])("any other page may not: %o", (headers) => {
  expect(from(headers)).toThrow(/did not come from the console/);
});

test("cookies are Secure exactly where the page came over https", () => {
  const behindProxy = originOf(new Headers({ host: "console.example", "x-forwarded-proto": "https" }));
  const onTheLan = originOf(new Headers({ host: "10.0.0.7:3000", "x-forwarded-proto": "http" }));
  expect([behindProxy, sessionCookieName(behindProxy)]).toEqual([
    "https://console.example",
    "__Secure-evenkeel.session",
  ]);
  expect([onTheLan, sessionCookieName(onTheLan)]).toEqual(["http://10.0.0.7:3000", "evenkeel.session"]);
});

test("the wait before an attempt only grows, and ends at 8 seconds", () => {
  const waits = Array.from({ length: 40 }, (_, index) => delayBeforeAttempt(index + 1));
  expect(waits.slice(0, 6)).toEqual([0, 0, 0, 250, 500, 1000]);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBe(8000);
  expect(delayBeforeAttempt(1000, "anywhere")).toBe(1500);
});
