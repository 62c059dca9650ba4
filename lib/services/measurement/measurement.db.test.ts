import { expect, test } from "vitest";
import { NOON } from "#lib/testing/clock.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createEnvironment, createFeatureState, unique } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { changeMeasurement } from "./commands/change.ts";
import { measurementView } from "./queries.ts";
import type { ChangeMeasurementInput } from "./schema.ts";

const { db } = await testDatabase();

async function scene(guarded = true) {
  const made = await publishedScene(db, { guarded });
  const input = (changes: Partial<ChangeMeasurementInput> = {}): ChangeMeasurementInput => ({
    environment: made.environment.key,
    feature: made.feature.key,
    version: 0,
    metrics: ["kept-on", "correction-time", "dismissal-rate"],
    weights: { judge: 0.5, feedback: 0.25, completion: 0.25 },
    trustFailure: "They stop accepting drafts.",
    fallbackAgreed: true,
    incidentClasses: [{ name: "Invented policy", trigger: "One proven case." }],
    ...changes,
  });
  const entries = () =>
    db.auditEntry.findMany({ where: { featureKey: made.feature.key, action: "measurement.change" } });
  return { ...made, input, entries };
}

test("how a feature is measured is changed, read back and logged with what changed", async () => {
  const { feature, input, entries, as } = await scene();
  const lead = personActor("operator");
  expect(await measurementView(as(lead), feature.key)).toMatchObject({ version: 0, metrics: [], changed: null });
  expect(await changeMeasurement(as(lead), input())).toEqual({ version: 1 });
  expect(await measurementView(as(lead), feature.key)).toMatchObject({
    feature: { key: feature.key, name: feature.name },
    version: 1,
    metrics: ["kept-on", "correction-time", "dismissal-rate"],
    weights: { judge: 0.5, feedback: 0.25, completion: 0.25 },
    trustFailure: "They stop accepting drafts.",
    fallbackAgreed: true,
    incidentClasses: [{ name: "Invented policy", trigger: "One proven case." }],
    changed: { at: NOON.toISOString(), who: lead.name },
    mayChange: { allowed: true },
  });
  const [entry] = await entries();
  expect(entry?.sentence).toMatch(/^How .* is measured was changed\. Chosen: .*correction time.*\. /);
  expect(entry).toMatchObject({ target: `feature:${feature.key}`, environment: null, actorName: lead.name });
});

test("saving what is there already changes nothing and is not logged", async () => {
  const { input, entries, as } = await scene();
  await changeMeasurement(as(), input());
  expect(await changeMeasurement(as(), input({ version: 1 }))).toEqual({ version: 1 });
  expect(await entries()).toHaveLength(1);
});

test("nobody's change is overwritten unseen: who saved meanwhile is named, and nothing is written", async () => {
  const { feature, input, entries, as } = await scene();
  const faster = personActor("product-manager");
  await changeMeasurement(as(faster), input());
  for (const version of [0, 2]) {
    const late = changeMeasurement(
      as("operator", new Date(NOON.getTime() + 240_000)),
      input({ version, trustFailure: "Mine." }),
    );
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`${faster.name} changed how this is measured 4 minutes ago.`),
    });
  }
  expect(await measurementView(as(), feature.key)).toMatchObject({
    version: 1,
    trustFailure: "They stop accepting drafts.",
  });
  expect(await entries()).toHaveLength(1);
});

test("of two who save at the same moment one wins and the other is told", async () => {
  for (const version of [0, 1]) {
    const { feature, input, entries, as } = await scene();
    if (version === 1) await changeMeasurement(as(), input());
    const both = await Promise.allSettled(
      ["One.", "Two."].map((trustFailure) => changeMeasurement(as(), input({ version, trustFailure }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect((await measurementView(as(), feature.key)).version).toBe(version + 1);
    expect(await entries()).toHaveLength(version + 1);
  }
});

test("a metric that does not exist is refused by name", async () => {
  const { input, as } = await scene();
  const wrong = changeMeasurement(as(), input({ metrics: ["edit-rate", "constructor"] }));
  await expect(wrong).rejects.toMatchObject({ code: "invalid-input", message: expect.stringContaining("constructor") });
});

test("viewers and authors may look and not change, and are told who could", async () => {
  const { feature, input, as } = await scene();
  for (const role of ["viewer", "author"] as const) {
    await expect(changeMeasurement(as(role), input())).rejects.toMatchObject({ code: "forbidden" });
    expect((await measurementView(as(role), feature.key)).mayChange).toMatchObject({
      allowed: false,
      because: expect.stringMatching(/can change how a feature is measured/),
    });
  }
});

test("a role in Staging alone does not change how Production is measured, for it is measured alike", async () => {
  const { environment, feature, release, input, as } = await scene(false);
  const stagingOnly = personActor("product-manager", { environment: environment.key });
  await changeMeasurement(as(stagingOnly), input());
  const production = await createEnvironment(db, { key: unique("production"), name: "Production", guarded: true });
  await createFeatureState(db, { environmentId: production.id, featureId: feature.id, releaseId: release.id });
  const refused = changeMeasurement(as(stagingOnly), input({ version: 1, trustFailure: "Other." }));
  await expect(refused).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("Production") });
  expect((await measurementView(as(stagingOnly), feature.key)).mayChange).toMatchObject({ allowed: false });
});

test("a feature of another environment is not found", async () => {
  const { input, as } = await scene();
  const { feature: foreign } = await scene();
  await expect(measurementView(as(), foreign.key)).rejects.toMatchObject({ code: "not-found" });
  await expect(changeMeasurement(as(), input({ feature: foreign.key }))).rejects.toMatchObject({ code: "not-found" });
});
