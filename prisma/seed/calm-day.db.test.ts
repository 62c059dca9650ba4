import { describe, expect, it } from "vitest";
import { passwordMatches } from "#lib/auth/password.ts";
import { offersFor } from "#lib/core/controls/offers.ts";
import { decide } from "#lib/core/decision/decide.ts";
import { type Ruleset, ruleset as rulesetSchema } from "#lib/core/decision/ruleset.ts";
import { rulesetHash } from "#lib/core/delivery/hash.ts";
import { DECIDING_FAMILIES } from "#lib/core/metrics/definition.ts";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import { authenticateKey } from "#lib/services/keys/queries.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { PEOPLE } from "./data/people.ts";
import { seedScenarios } from "./scenarios.ts";
import { idOf, type SeedContext } from "./seed-context.ts";

const { db, ownerUrl } = await testDatabase();
const now = new Date("2026-11-20T09:00:00Z");
const said: string[] = [];
const ctx: SeedContext = {
  db,
  databaseUrl: ownerUrl,
  anywhere: false,
  now,
  password: "correct horse",
  deskSecret: "s".repeat(43),
  say: (line) => said.push(line),
};
const calmDay = seedScenarios["calm-day"] as (ctx: SeedContext) => Promise<void>;
await calmDay(ctx);

/** All that a second run could change. */
async function everything(): Promise<string> {
  const tables = [
    db.environment,
    db.cohort,
    db.declaredAttribute,
    db.provider,
    db.model,
    db.approvedReroute,
    db.approvedText,
    db.organisation,
    db.feature,
    db.measurement,
    db.scenario,
    db.release,
    db.featureState,
    db.rollout,
    db.control,
    db.person,
    db.roleGrant,
    db.apiKey,
    db.rulesetVersion,
    db.auditEntry,
    db.blob,
  ];
  const rows: unknown[] = [];
  for (const table of tables) rows.push(await (table.findMany as () => Promise<unknown[]>)());
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
}

async function rulesOf(environment: string): Promise<Ruleset> {
  const stored = await currentRuleset(db, idOf("environment", environment));
  if (!stored) throw new Error("nothing was published");
  expect(rulesetHash(stored.ruleset)).toBe(stored.hash);
  return stored.ruleset;
}

describe("a calm day", () => {
  it("publishes rules that keep the contract, in both environments", async () => {
    for (const environment of ["production", "staging"]) {
      const rules = await rulesOf(environment);
      expect(rulesetSchema.parse(rules)).toEqual(rules);
      const notLaunched = environment === "staging" ? ["call-notes"] : [];
      const launched = ["case-summary", "knowledge-answers", "reply-assistant"];
      expect(Object.keys(rules.features).sort()).toEqual([...notLaunched, ...launched]);
      for (const feature of Object.values(rules.features)) {
        for (const ladder of [feature.ladder, ...Object.values(feature.scenarios).map((scenario) => scenario.ladder)]) {
          expect(ladder.some((rung) => rung.kind === "manual")).toBe(true);
          for (const rung of ladder) expect(rules.texts[rung.content], rung.content).toMatch(/\.$/);
        }
      }
    }
  });

  it("answers billing with AI, and gives about a quarter of customers the candidate", async () => {
    const rules = await rulesOf("production");
    const inputs = (i: number) => ({ now: now.getTime(), requestId: `r${i}`, usage: { perHour: 0 } });
    const decisions = Array.from({ length: 4000 }, (_, i) =>
      decide(rules, "reply-assistant", { userId: `customer-${i}`, scenarios: ["billing"] }, inputs(i)),
    );
    expect(new Set(decisions.map((decision) => decision.serve))).toEqual(new Set(["ai"]));
    expect(new Set(decisions.map((decision) => decision.stream))).toEqual(new Set([true]));
    const share = decisions.filter((decision) => decision.arm === "candidate").length / decisions.length;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
    const staging = decide(await rulesOf("staging"), "reply-assistant", { userId: "a" }, inputs(0));
    expect(staging.arm).toBe("current");
  });

  it("lets a provider be left for the other one", async () => {
    const rules = await rulesOf("production");
    const control = {
      sentence: "Send Provider X's traffic to Provider Y",
      scope: { provider: "provider-x" },
      effects: [{ kind: "reroute" as const, to: { provider: "provider-y" } }],
      expiresAt: null,
      code: "control" as const,
    };
    for (const feature of Object.keys(rules.features)) {
      const inputs = { now: now.getTime(), requestId: "r", usage: { perHour: 0 } };
      const decision = decide({ ...rules, controls: { c: control } }, feature, { userId: "a" }, inputs);
      expect(decision.serve, feature).toBe("ai");
      expect(decision.chain.map((step) => step.provider)).not.toContain("provider-x");
    }
  });

  it("has one person for each role, who can sign in and is old enough to approve", async () => {
    const people = await db.person.findMany({ include: { roles: true } });
    expect(people.map(({ email }) => email).sort()).toEqual(PEOPLE.map(({ email }) => email).sort());
    for (const person of people) {
      expect(await passwordMatches(person.passwordHash, "correct horse")).toBe(true);
      expect(person.roles).toHaveLength(1);
      expect(now.getTime() - (person.roles[0]?.grantedAt.getTime() ?? 0)).toBeGreaterThan(24 * 3_600_000);
    }
  });

  it("knows the support desk's key, and does not say a secret that was given to it", async () => {
    expect(await authenticateKey(db, `ek_production_${"s".repeat(43)}`)).toMatchObject({
      revoked: false,
      actor: { scope: "server", environment: "production" },
    });
    expect(said.join("\n")).not.toContain("ssss");
  });

  it("offers sentences of every layer for the reply assistant", async () => {
    const rules = await rulesOf("production");
    const feature = rules.features["reply-assistant"];
    const release = rules.releases[feature?.release ?? ""];
    const offers = offersFor(
      {
        key: "reply-assistant",
        scenarios: Object.keys(feature?.scenarios ?? {}),
        ladders: Object.values(feature?.scenarios ?? {}).map((scenario) => scenario.ladder),
        chain: release?.chain ?? [],
        hasRollout: feature?.rollout !== null,
      },
      { cohorts: Object.keys(rules.cohorts), notices: ["notice-slower"], reroutes: rules.approvedReroutes },
    );
    expect(new Set(offers.map((offer) => offer.template)).size).toBe(21);
  });

  it("changes nothing when it is run again, even later and with another password", async () => {
    const before = await everything();
    await calmDay({
      ...ctx,
      now: new Date(now.getTime() + 86_400_000),
      password: "another one",
      deskSecret: "t".repeat(43),
    });
    expect(await everything()).toBe(before);
  });

  it("measures every launched feature by trust, harm and fallback, and knows only metrics there are", async () => {
    for (const { metrics, trustFailure, feature } of await db.measurement.findMany({ include: { feature: true } })) {
      const families = metrics.map((key) => metricByKey(key)?.family);
      expect(families, feature.key).not.toContain(undefined);
      const complete = DECIDING_FAMILIES.every((family) => families.includes(family)) && trustFailure !== "";
      expect(complete, feature.key).toBe(feature.key !== "call-notes");
    }
  });

  it("stays on this machine unless told otherwise", async () => {
    const far = { ...ctx, databaseUrl: "postgresql://u:p@db.example.com:5432/evenkeel" };
    await expect(calmDay(far)).rejects.toMatchObject({ code: "precondition-failed" });
    await expect(calmDay({ ...far, anywhere: true })).resolves.toBeUndefined();
  });
});
