import { expect, test } from "vitest";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { NOON } from "#lib/testing/clock.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { expireControls } from "./expire.ts";
import { placeControl } from "./place.ts";

const { db } = await testDatabase();
const clockwork = { kind: "automation", name: "expire-controls" } as const;
const minutes = (n: number) => new Date(NOON.getTime() + n * 60_000);

test("a control ends at the time that was chosen for it, not before, and only once", async () => {
  const { environment, stop, as } = await publishedScene(db);
  const { value: id } = await placeControl(as("operator"), stop({ expiresAt: minutes(60).toISOString() }));
  expect(await expireControls(as(clockwork, minutes(59)))).toBe(0);
  expect((await currentRuleset(db, environment.id))?.ruleset.controls[id]).toBeDefined();
  const ended = await Promise.all([
    expireControls(as(clockwork, minutes(61))),
    expireControls(as(clockwork, minutes(61))),
  ]);
  expect(ended.sort()).toEqual([0, 1]);
  expect((await currentRuleset(db, environment.id))?.ruleset.controls).toEqual({});
  expect(await db.auditEntry.findMany({ where: { action: "control.expire", target: `control:${id}` } })).toMatchObject([
    { actor: "automation:expire-controls" },
  ]);
});

test("a person cannot end a control early under the name of its time", async () => {
  const { stop, as } = await publishedScene(db);
  await placeControl(as("operator"), stop({ expiresAt: minutes(60).toISOString() }));
  await expect(expireControls(as("admin", minutes(61)))).rejects.toMatchObject({ code: "forbidden" });
});
