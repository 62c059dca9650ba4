import { expect, it } from "vitest";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { seedScenarios } from "./scenarios.ts";

const { db, ownerUrl } = await testDatabase();

it("an empty installation has two environments with rules that serve nothing, each with its own secrets, and nobody in it", async () => {
  const run = () =>
    seedScenarios.empty?.({
      db,
      databaseUrl: ownerUrl,
      anywhere: false,
      now: new Date(),
      password: "-",
      say: () => {},
    });
  await run();
  const environments = await db.environment.findMany();
  expect(environments.map(({ key, guarded, version }) => ({ key, guarded, version }))).toEqual([
    { key: "production", guarded: true, version: 1 },
    { key: "staging", guarded: false, version: 1 },
  ]);
  expect(new Set(environments.map(({ epoch }) => epoch)).size).toBe(2);
  expect(new Set(environments.map(({ userHashKey }) => userHashKey)).size).toBe(2);
  for (const { id } of environments) expect((await currentRuleset(db, id))?.ruleset.features).toEqual({});
  expect(await db.person.count()).toBe(0);
  await run();
  expect(await db.environment.findMany()).toEqual(environments);
});
