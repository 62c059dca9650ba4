import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDb } from "#lib/db/client.ts";
import { testDatabase } from "#lib/testing/database.ts";
import type { SeedOptions } from "./seed-database.ts";
import { seedOnce } from "./seed-once.ts";

const [ours, theirs] = [await testDatabase(), await testDatabase()];
const folder = mkdtempSync(join(tmpdir(), "evenkeel-seeding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rest = { shared: false, appPassword: undefined, close: async () => {} };

function story(url: string): SeedOptions {
  return { scenario: "calm-day", url, password: "an example password" };
}

/** Where no secret is given, the last thing that this story does is to say one. */
function cutShort(url: string): SeedOptions {
  const say = () => {
    throw new Error("cut short");
  };
  return { ...story(url), say };
}

async function environments(url: string): Promise<{ createdAt: Date }[]> {
  const db = createDb(url, { max: 1, name: "test" });
  return db.environment.findMany({ select: { createdAt: true } }).finally(() => db.$disconnect());
}

test("example data that were cut short are begun anew in the embedded database, and kept once they are whole", async () => {
  const database = { ...rest, embedded: true, ownerUrl: ours.ownerUrl };
  await expect(seedOnce(database, folder, cutShort(ours.ownerUrl))).rejects.toThrow("cut short");
  const half = await environments(ours.ownerUrl);
  const inUse = { ...database, shared: true };
  await expect(seedOnce(inUse, folder, story(ours.ownerUrl))).rejects.toThrow(/^Another program uses/);
  expect(await environments(ours.ownerUrl)).toEqual(half);
  await expect(seedOnce(database, folder, story(ours.ownerUrl))).resolves.toBe(true);
  const whole = await environments(ours.ownerUrl);
  expect(whole).toHaveLength(half.length);
  expect(whole).not.toEqual(half);
  await expect(seedOnce(database, folder, story(ours.ownerUrl))).resolves.toBe(false);
  expect(await environments(ours.ownerUrl)).toEqual(whole);
}, 120_000);

test("in somebody else's database what was cut short is theirs to drop", async () => {
  const database = { ...rest, embedded: false, ownerUrl: theirs.ownerUrl };
  await expect(seedOnce(database, folder, cutShort(theirs.ownerUrl))).rejects.toThrow("cut short");
  const half = await environments(theirs.ownerUrl);
  expect(half).not.toEqual([]);
  await expect(seedOnce(database, folder, story(theirs.ownerUrl))).rejects.toThrow(/are not whole.*drop and create/);
  expect(await environments(theirs.ownerUrl)).toEqual(half);
});
