import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { NOON } from "#lib/testing/clock.ts";
import { keyActor, personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createCohort, createProvider, createScenario, createServingFeature } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { featurePage, liveView } from "../features/queries.ts";
import { giveReason } from "./commands/give-reason.ts";
import { liftControl } from "./commands/lift.ts";
import { placeControl } from "./commands/place.ts";
import { getControl, listActive, listSwitches, reasonsIOwe } from "./queries.ts";

const { db, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

await createProvider(db, "provider-x", ["large"]);
await createProvider(db, "provider-y", ["small"]);

test("a feature is offered every sentence that makes sense for it, the riskiest kind of case first, each ready to be placed", async () => {
  const { environment, feature, as } = await publishedScene(db);
  await createScenario(db, feature.id, { key: "billing", name: "Billing", risk: "high" });
  await createCohort(db, environment.id, { kind: "is", attribute: "country", anyOf: ["DE"] }, "region DE");
  const switches = await listSwitches(as("operator"), feature.key);
  const sentences = switches.map((one) => one.sentence);
  expect(sentences[0]).toBe("Disable AI replies for billing cases");
  expect(sentences).toEqual(
    expect.arrayContaining([
      `Turn off ${feature.name}`,
      "Require approval before send",
      "Use template fallback for region DE",
      "Only show answers we are at least 80% sure of",
      "Fall back if the answer takes longer than 4 seconds",
      "Stop using provider-x everywhere",
      "Send provider-x's traffic to provider-y",
    ]),
  );
  expect(sentences).not.toContain("Pause rollout beyond current cohort");
  expect(new Set(switches.map((one) => one.key)).size).toBe(switches.length);
  expect(switches.every((one) => one.active === null && one.place.allowed)).toBe(true);
});

test("each offered sentence can really be placed and is proved down", async () => {
  const { environment, feature, as } = await publishedScene(db);
  const lead = as("operator");
  for (const { template, params } of await listSwitches(lead, feature.key)) {
    const input = { environment: environment.key, template, params, idempotencyKey: crypto.randomUUID() };
    await expect(placeControl(lead, input)).resolves.toMatchObject({ changed: true });
  }
  const switches = await listSwitches(lead, feature.key);
  expect(switches.filter((one) => one.active === null).map((one) => one.sentence)).toEqual([]);
});

test("without data nothing is made up: not known, never zero", async () => {
  const { feature, stop, as } = await publishedScene(db);
  await placeControl(as("operator"), stop());
  const [first] = await listSwitches(as("operator"), feature.key);
  expect(first?.impact).toMatchObject({ perHour: null, peoplePerHour: null });
  expect(first?.impact.sentence).toMatch(/not known/);
  expect(first?.impact.sees).toMatchObject({ sentence: expect.stringContaining("approved") });
});

test("an active sentence carries its control; one that is not offered stands in front so that it can be lifted", async () => {
  const { environment, feature, scenario, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: offered } = await placeControl(as(lead), stop());
  const monitor = keyActor("automation", environment.key, [feature.key]);
  const strict = { feature: feature.key, scenario: scenario.key, confidence: 0.9 };
  const { value: other } = await placeControl(as(monitor), stop({ template: "confidence-scenario", params: strict }));
  const switches = await listSwitches(as(lead), feature.key);
  expect(switches[0]?.active).toMatchObject({ id: other, byAutomation: true, byMe: false, lift: { allowed: false } });
  const mine = switches.find((one) => one.active?.id === offered);
  expect(mine?.active).toMatchObject({
    byMe: true,
    lift: { allowed: true },
    undoUntil: expect.any(String),
    reason: null,
  });
  const page = await featurePage(as(lead), feature.key);
  expect(
    page?.switches
      .slice(0, 2)
      .map((one) => one.active?.id)
      .sort(),
  ).toEqual([offered, other].sort());
});

test("a viewer sees every switch, none of which is theirs, with who may", async () => {
  const { feature, as } = await publishedScene(db);
  const switches = await listSwitches(as("viewer"), feature.key);
  expect(switches.length).toBeGreaterThan(5);
  for (const { place } of switches)
    expect(place).toMatchObject({ allowed: false, because: expect.stringMatching(/viewer.*support lead/s) });
});

test("asked for everything, what two features have in common is offered once", async () => {
  const { environment, as } = await publishedScene(db);
  await createServingFeature(db, environment.id);
  const everything = await listSwitches(as("operator"), null);
  expect(everything.filter((one) => one.sentence === "Stop using provider-x everywhere")).toHaveLength(1);
  expect(everything.filter((one) => one.sentence.startsWith("Turn off "))).toHaveLength(2);
});

test("a reason that was not given waits for whoever placed it, and nobody else", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: id } = await placeControl(as(lead), stop());
  expect((await reasonsIOwe(as(lead))).map((one) => one.id)).toEqual([id]);
  expect(await reasonsIOwe(as("operator"))).toEqual([]);
  await expect(giveReason(as(lead), { environment: environment.key, id, reason: " " })).rejects.toThrow();
  await giveReason(as(lead), { environment: environment.key, id, reason: "It invented a refund policy." });
  expect(await reasonsIOwe(as(lead))).toEqual([]);
  expect(await getControl(as(lead), id)).toMatchObject({ reason: "It invented a refund policy." });
});

test("what somebody took back at once needs no reason; what was lifted later still waits for one", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: id } = await placeControl(as(lead), stop());
  await liftControl(as(lead), { environment: environment.key, id });
  expect(await reasonsIOwe(as(lead))).toEqual([]);
  const { placedAt } = await db.control.findUniqueOrThrow({ where: { id } });
  await db.control.update({ where: { id }, data: { placedAt: new Date(placedAt.getTime() - 3_600_000) } });
  expect(await reasonsIOwe(as(lead))).toHaveLength(1);
});

test("an expired control is not shown as holding, even before it is taken out of the rules", async () => {
  const { stop, as } = await publishedScene(db);
  const soon = new Date(NOON.getTime() + 60_000);
  await placeControl(as("operator"), stop({ expiresAt: soon.toISOString() }));
  expect(await listActive(as("viewer"))).toHaveLength(1);
  expect(await listActive(as("viewer", soon))).toEqual([]);
});

test("the live view says in one sentence what each feature does, who changed it last, and proves what is watched", async () => {
  const { feature, scenario, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const before = await liveView(as("viewer"), []);
  expect(before.features).toMatchObject([{ key: feature.key, state: "serving", lastChange: null, aiPerHour: null }]);
  const { value: id, version } = await placeControl(as(lead), stop());
  const after = await liveView(as("viewer"), [id]);
  const sentence = `${lead.name} switched on "Disable AI replies for ${scenario.name} cases".`;
  expect(after).toMatchObject({ version, proofs: [{ controlId: id, state: "nobody" }] });
  expect(after.features[0]).toMatchObject({ state: "limited", lastChange: { who: lead.name, sentence } });
  expect(after.features[0]?.sentence.toLowerCase()).toContain(`${scenario.name} is off`.toLowerCase());
});
