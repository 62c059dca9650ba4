import { randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { verifyChain } from "#lib/core/audit/chain.ts";
import { canonicalJson } from "#lib/core/delivery/canonical-json.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { undoControl } from "#lib/services/controls/commands/lift.ts";
import { placeControl } from "#lib/services/controls/commands/place.ts";
import { listSwitches } from "#lib/services/controls/queries.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { contextFor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { seedScenarios } from "./scenarios.ts";

const { db, ownerUrl, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
const now = new Date();
await seedScenarios["calm-day"]?.({ db, databaseUrl: ownerUrl, anywhere: false, now, password: "-", say: () => {} });

afterAll(closeDb);

it("on a calm day a support lead can switch on everything that is offered, and taking it back leaves the rules as they were", async () => {
  const production = await db.environment.findUniqueOrThrow({ where: { key: "production" } });
  const lead = contextFor(db, production, "operator", now);
  /** The rules without their name. */
  const rules = async () => {
    const stored = await currentRuleset(db, production.id);
    return canonicalJson({ ...stored?.ruleset, version: 0 });
  };
  const before = await rules();
  const switches = await listSwitches(lead, "reply-assistant");
  const sentences = switches.map(({ sentence }) => sentence);
  for (const sentence of [
    "Disable AI replies for billing cases",
    "Require approval before send",
    "Pause rollout beyond current cohort",
    "Use template fallback for region DE",
    "Suggest only: a person sends every reply",
    "Only show answers we are at least 80% sure of",
    "Fall back if the answer takes longer than 4 seconds",
    "Turn off Reply assistant",
    "Stop using Provider X everywhere",
    "Send Provider X's traffic to Provider Y",
  ])
    expect(sentences).toContain(sentence);
  expect(sentences[0]).toMatch(/^Disable AI replies for .* cases$/);

  for (const { template, params, sentence } of switches) {
    const input = { environment: "production", template, params, idempotencyKey: randomUUID() };
    const placed = await placeControl(lead, input);
    expect(placed.changed, sentence).toBe(true);
    const undone = await undoControl(lead, { environment: "production", id: placed.value });
    expect(undone.version, sentence).toBe(placed.version + 1);
    expect(await rules(), sentence).toBe(before);
  }
  expect(verifyChain(await db.auditEntry.findMany({ orderBy: { seq: "asc" } }))).toMatchObject({ whole: true });
});
