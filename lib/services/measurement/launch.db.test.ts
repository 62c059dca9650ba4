import { expect, test } from "vitest";
import { decide } from "#lib/core/decision/decide.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { contextFor, personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import {
  createEnvironment,
  createFeature,
  createFeatureState,
  createPerson,
  createRelease,
  createScenario,
  LADDER,
} from "#lib/testing/factories.ts";
import { publishFirst } from "#lib/testing/published.ts";
import { currentRuleset } from "../rulesets/queries.ts";
import { changeMeasurement } from "./commands/change.ts";
import { launchFeature } from "./commands/launch.ts";
import { readinessView } from "./queries.ts";

const { db } = await testDatabase();
await db.approvedText.createMany({
  data: LADDER.map(({ content }) => ({ key: content, purpose: "rung", text: "A colleague answers you." })),
});

/** A feature that is off, with all that the checklist asks for but what `lacks` names. */
async function scene({ guarded = false, lacks = [] as string[] } = {}) {
  const environment = await createEnvironment(db, { guarded, name: guarded ? "Production" : "Staging" });
  const feature = await createFeature(db, { name: "Search answers" });
  await createScenario(db, feature.id, { name: "Billing", ladder: lacks.includes("ladder") ? [] : LADDER });
  const release = await createRelease(db, feature.id);
  await createFeatureState(
    db,
    { environmentId: environment.id, featureId: feature.id, releaseId: release.id },
    {
      on: false,
      envelope: lacks.includes("envelope") ? undefined : { kind: "is", attribute: "language", anyOf: ["de"] },
      sampleShare: lacks.includes("samples") ? 0 : 0.02,
    },
  );
  for (const name of ["Lea Lang", "Mo Mehta"]) {
    const person = await createPerson(db, { name, email: `${environment.key}.${name.replace(" ", ".")}@example.com` });
    const grant = { personId: person.id, role: "operator", grantedAt: person.createdAt, grantedBy: "system" };
    await db.roleGrant.create({ data: { ...grant, environmentId: environment.id } });
  }
  await publishFirst(db, environment);
  const as = (who: Parameters<typeof contextFor>[2] = "operator") => contextFor(db, environment, who);
  if (!lacks.includes("measurement")) {
    await changeMeasurement(as(), {
      environment: environment.key,
      feature: feature.key,
      version: 0,
      metrics: lacks.includes("harm")
        ? ["kept-on", "dismissal-rate"]
        : ["kept-on", "correction-time", "dismissal-rate"],
      weights: { judge: 1, feedback: 1, completion: 1 },
      trustFailure: "They double-check everything.",
      fallbackAgreed: true,
      incidentClasses: [{ name: "Invented policy", trigger: "One proven case." }],
    });
  }
  const input = { environment: environment.key, feature: feature.key };
  const isOn = async () => (await currentRuleset(db, environment.id))?.ruleset.features[feature.key]?.on;
  return { environment, feature, as, input, isOn };
}

test("a feature that has all that the checklist asks for is launched, published and logged", async () => {
  const { feature, as, input, isOn } = await scene();
  const ready = await readinessView(as(), feature.key);
  expect(ready.items.filter(({ holds }) => !holds)).toEqual([]);
  expect(ready).toMatchObject({ ready: true, launched: false, mayLaunch: { allowed: true } });
  expect(ready.items.find(({ key }) => key === "operators")?.evidence).toContain("Lea Lang and Mo Mehta");
  expect(await isOn()).toBe(false);
  expect(await launchFeature(as(), input)).toMatchObject({ changed: true, value: feature.key });
  expect(await isOn()).toBe(true);
  expect(await readinessView(as(), feature.key)).toMatchObject({
    launched: true,
    sentence: "Nothing is missing for Search answers.",
  });
  const [entry] = await db.auditEntry.findMany({ where: { featureKey: feature.key, action: "feature.launch" } });
  expect(entry).toMatchObject({ sentence: "Search answers was launched in Staging." });
});

test("launching twice is launching once", async () => {
  const { feature, as, input } = await scene();
  await launchFeature(as(), input);
  expect(await launchFeature(as(), input)).toMatchObject({ changed: false });
  expect(await db.auditEntry.count({ where: { featureKey: feature.key, action: "feature.launch" } })).toBe(1);
});

test.each([
  ["harm", "No metric is chosen for harm."],
  ["ladder", "No approved fallback for Billing."],
  ["envelope", "It would start for everybody"],
  ["samples", "No live answers are sampled."],
])("without %s it is not launched, and what is missing is said", async (lacks, missing) => {
  const { feature, as, input, isOn } = await scene({ lacks: [lacks] });
  const view = await readinessView(as(), feature.key);
  expect(view).toMatchObject({ ready: false, sentence: "1 thing is missing before Search answers may launch." });
  await expect(launchFeature(as(), input)).rejects.toMatchObject({
    code: "precondition-failed",
    message: expect.stringContaining(missing),
  });
  expect(await isOn()).toBe(false);
  expect(await db.auditEntry.count({ where: { featureKey: feature.key, action: "feature.launch" } })).toBe(0);
});

/** A rollout to 5% of people of a feature that no launch group limits, and how many of a thousand people would get AI if it were on. */
async function rolledOut(current: "answers" | "has no model") {
  const made = await scene({ lacks: ["envelope"] });
  const { environment, feature } = made;
  const { id: release } = await createRelease(db, feature.id, { name: "next" });
  const arms = [{ key: "candidate", release, ranges: [{ from: 0, to: 5_000 }] }];
  await db.rollout.create({ data: { environmentId: environment.id, featureId: feature.id, seed: 7n, arms } });
  if (current === "has no model") {
    const { id: releaseId } = await createRelease(db, feature.id, { chain: [] });
    await db.featureState.updateMany({ where: { environmentId: environment.id }, data: { releaseId } });
  }
  await publishFirst(db, environment);
  const reached = async () => {
    const published = await currentRuleset(db, environment.id);
    const ruleset = structuredClone(published?.ruleset) as Ruleset;
    Object.assign(ruleset.features[feature.key] ?? {}, { on: true });
    const served = Array.from({ length: 1_000 }, (_, i) =>
      decide(ruleset, feature.key, { userId: `person-${i}` }, { now: Date.now(), requestId: `request-${i}` }),
    );
    return served.filter(({ serve }) => serve === "ai").length;
  };
  return { ...made, reached };
}

test("a rollout is no narrow launch: whoever does not get the candidate gets AI all the same", async () => {
  const { feature, as, input, isOn, reached } = await rolledOut("answers");
  const { items } = await readinessView(as(), feature.key);
  expect(items.filter(({ holds }) => !holds)).toMatchObject([
    { key: "narrow", missing: expect.stringContaining("the current release") },
  ]);
  await expect(launchFeature(as(), input)).rejects.toMatchObject({ code: "precondition-failed" });
  expect(await isOn()).toBe(false);
  expect(await reached()).toBe(1_000);
});

test("a first launch by rollout is narrow: without a model in the current release the rest get the fallback", async () => {
  const { feature, as, input, reached } = await rolledOut("has no model");
  const { items } = await readinessView(as(), feature.key);
  expect(items.find(({ key }) => key === "narrow")?.evidence).toBe("5% of people get AI, and the rest the fallback.");
  expect(await launchFeature(as(), input)).toMatchObject({ changed: true });
  const people = await reached();
  expect(people).toBeGreaterThan(20);
  expect(people).toBeLessThan(100);
});

test("a launch group that asks for nothing leaves nobody out", async () => {
  const { environment, feature, as, input } = await scene();
  const anybody = { envelope: { kind: "all", of: [] } };
  await db.featureState.updateMany({ where: { environmentId: environment.id }, data: anybody });
  const { items } = await readinessView(as(), feature.key);
  expect(items.filter(({ holds }) => !holds).map(({ key }) => key)).toEqual(["narrow"]);
  await expect(launchFeature(as(), input)).rejects.toMatchObject({ code: "precondition-failed" });
});

test("what nobody has filled in yet is missing, line by line", async () => {
  const { feature, as, input } = await scene({ lacks: ["measurement"] });
  const view = await readinessView(as(), feature.key);
  expect(view.items.filter(({ holds }) => !holds).map(({ key }) => key)).toEqual([
    "metrics",
    "switches",
    "incidents",
    "trust-failure",
  ]);
  await expect(launchFeature(as(), input)).rejects.toMatchObject({ code: "precondition-failed" });
});

test("where customers are real nobody launches alone, however ready, and the screen says who could", async () => {
  const { feature, as, input, isOn } = await scene({ guarded: true });
  expect(await readinessView(as("product-manager"), feature.key)).toMatchObject({
    ready: true,
    mayLaunch: { allowed: false, because: expect.stringMatching(/approv.*product manager or a reviewer/s) },
  });
  await expect(launchFeature(as("product-manager"), input)).rejects.toMatchObject({ code: "forbidden" });
  expect(await isOn()).toBe(false);
});

test("people who may stop it are those with a role here, not viewers, not those who left", async () => {
  const { environment, feature, as } = await scene();
  const add = async (name: string, grant: object, person: object = {}) => {
    const row = await createPerson(db, { name, email: `${environment.key}.${name}@example.com`, ...person });
    const base = { personId: row.id, role: "operator", grantedAt: row.createdAt, grantedBy: "system" };
    await db.roleGrant.create({ data: { ...base, ...grant } });
  };
  const elsewhere = await createEnvironment(db);
  await add("Viewer", { role: "viewer", environmentId: environment.id });
  await add("Elsewhere", { environmentId: elsewhere.id });
  await add("Other", { environmentId: environment.id, featureKey: "other-feature" });
  await add("Revoked", { environmentId: environment.id, revokedAt: new Date() });
  await add("Left", { environmentId: environment.id }, { archivedAt: new Date() });
  await add("Nina", { environmentId: environment.id, featureKey: feature.key });
  const view = await readinessView(as(personActor("viewer")), feature.key);
  expect(view.items.find(({ key }) => key === "operators")?.evidence).toBe(
    "3 people may reduce risk here: Lea Lang, Mo Mehta and Nina.",
  );
});
