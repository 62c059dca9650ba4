import { expect, test } from "vitest";
import type { Scope } from "#lib/core/decision/ruleset.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import type { Traffic } from "#lib/telemetry/aggregate-source.ts";
import { impactView } from "./present.ts";

function said(traffic: Partial<Traffic> | null, silentMinutes: number | null = null) {
  return impact(traffic, silentMinutes, { feature: "reply-assistant", scenario: "billing" }).sentence;
}

function impact(traffic: Partial<Traffic> | null, silentMinutes: number | null, scope: Scope) {
  const now = new Date("2026-11-20T12:00:00Z");
  const full = traffic && {
    aiPerHour: 480,
    peoplePerHour: 40,
    unnamedPerHour: 0,
    withoutValue: 0,
    windowMs: HOUR_MS,
    ...traffic,
  };
  return impactView({
    scope,
    effects: [{ kind: "serve", cause: "quality" }],
    names: { features: {}, providers: {}, cohorts: {}, texts: {} },
    traffic: full,
    silentSince: silentMinutes === null ? null : now.getTime() - silentMinutes * 60_000,
    now,
  });
}

test("an hour of data: replies and people an hour", () => {
  expect(said({})).toBe("About 480 AI answers an hour, to about 40 customers.");
  expect(said({ peoplePerHour: null })).toBe("About 480 AI answers an hour.");
  expect(said({ aiPerHour: 1, peoplePerHour: 1 })).toBe("About 1 AI answer an hour, to about 1 customer.");
});

test("less than an hour of data: the rate is stretched, the people are not", () => {
  expect(said({ peoplePerHour: 8, windowMs: 61_000 })).toBe(
    "About 480 AI answers an hour; 8 customers in the last 2 minutes.",
  );
  expect(said({ peoplePerHour: 1, windowMs: 60_000 })).toBe(
    "About 480 AI answers an hour; 1 customer in the last minute.",
  );
});

test("answers that name nobody are not given to those who are named", () => {
  expect(said({ aiPerHour: 1000, peoplePerHour: 1, unnamedPerHour: 999 })).toBe(
    "About 1,000 AI answers an hour, to about 1 customer; about 999 name no customer.",
  );
  expect(said({ peoplePerHour: 8, unnamedPerHour: 1, windowMs: 60_000 })).toBe(
    "About 480 AI answers an hour; 8 customers in the last minute; about 1 names no customer.",
  );
  expect(said({ peoplePerHour: null, unnamedPerHour: 480 })).toBe("About 480 AI answers an hour.");
});

test("silence is never a zero", () => {
  expect(said({ aiPerHour: null }, 4)).toBe("Whom this touches is not known: nobody has reported for 4 minutes.");
  expect(said({ aiPerHour: null })).toBe("Whom this touches is not known yet: nobody has reported.");
  expect(said(null)).toBe("Whom this touches is not known: the figures cannot be read just now.");
});

test("the share of traffic that carries no value for a cohort is told before the click", () => {
  const scope = { feature: "reply-assistant", cohort: "region-de" };
  expect(impact({ withoutValue: 0.37 }, null, scope).unknownShare).toBe(0.37);
  expect(impact(null, null, scope).unknownShare).toBeNull();
});
