import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { env } from "#lib/env.ts";
import { expect } from "./fixtures.ts";

/** A decision of now that a model answered, as an SDK reports it. */
export function aDecision(feature: string, userHash: string) {
  return {
    type: "decision",
    id: uuidv7(),
    at: new Date().toISOString(),
    instance: randomUUID(),
    feature,
    scenarios: [],
    release: null,
    arm: null,
    slot: null,
    ruleset: { epoch: randomUUID(), version: 1 },
    userHash,
    served: "primary",
    provider: "provider-x",
    model: "large",
    mode: "autonomous",
    latencyMs: 500,
  };
}

/** Reports events with the support desk's key; all of them must be taken. */
export async function report(page: Page, events: readonly object[]): Promise<void> {
  const headers = { authorization: `Bearer ${env.EVENKEEL_DESK_KEY}` };
  const answer = await page.request.post("/api/v1/events", { headers, data: events });
  expect(await answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
}
