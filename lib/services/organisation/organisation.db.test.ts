import { beforeEach, expect, test } from "vitest";
import { setEnv } from "#lib/env.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { changeRetention, describeOrganisation } from "./commands.ts";
import { organisationRow, organisationView } from "./queries.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
beforeEach(() => db.organisation.updateMany({ data: { keepRawDays: 30 } }));

const entries = () => db.auditEntry.findMany({ where: { action: "organisation.retention" }, orderBy: { seq: "asc" } });

test("an admin changes the retention, and the log says from what to what", async () => {
  const { environment, as } = await publishedScene(db);
  const before = (await entries()).length;
  await changeRetention(as("admin"), { environment: environment.key, was: 30, keepRawDays: 14 });
  expect(await organisationRow(db)).toMatchObject({ keepRawDays: 14, zone: "UTC", currency: "USD" });
  const [entry, ...more] = (await entries()).slice(before);
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    environment: null,
    sentence: "Raw events are kept for 14 days. It was 30 days.",
    details: { from: 30, to: 14 },
  });
});

test("the same again changes nothing and is not logged", async () => {
  const { environment, as } = await publishedScene(db);
  const before = (await entries()).length;
  await changeRetention(as("admin"), { environment: environment.key, was: 30, keepRawDays: 30 });
  expect(await entries()).toHaveLength(before);
});

test("a change that somebody else made is not overwritten unseen", async () => {
  const { environment, as } = await publishedScene(db);
  await changeRetention(as("admin"), { environment: environment.key, was: 30, keepRawDays: 60 });
  const late = changeRetention(as("admin"), { environment: environment.key, was: 30, keepRawDays: 8 });
  await expect(late).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("60 days now, not 30"),
  });
  expect((await organisationRow(db)).keepRawDays).toBe(60);
});

test("nobody but an admin of everything may, and everyone is told who could", async () => {
  const { environment, as } = await publishedScene(db);
  const input = { environment: environment.key, was: 30, keepRawDays: 14 };
  for (const who of ["operator", "reviewer", personActor("admin", { environment: environment.key })] as const) {
    await expect(changeRetention(as(who), input)).rejects.toMatchObject({ code: "forbidden" });
    expect((await organisationView(as(who))).mayChange).toMatchObject({
      allowed: false,
      because: expect.stringMatching(/admin can change how long raw events are kept/),
    });
  }
  expect((await organisationView(as("admin"))).mayChange).toEqual({ allowed: true });
  expect((await organisationRow(db)).keepRawDays).toBe(30);
});

test("fewer than 8 days, more than a year or part of a day is refused", async () => {
  const { environment, as } = await publishedScene(db);
  for (const keepRawDays of [7, 366, 14.5]) {
    await expect(
      changeRetention(as("admin"), { environment: environment.key, was: 30, keepRawDays }),
    ).rejects.toThrow();
  }
});

test("name and zone are set before the first events, logged, and the zone stays once days are counted", async () => {
  const { environment, as } = await publishedScene(db);
  const called = (zone: string, name = "Example Bank") =>
    describeOrganisation(as("admin"), { environment: environment.key, name, zone });
  await called("Asia/Kolkata");
  expect(await organisationRow(db)).toMatchObject({ name: "Example Bank", zone: "Asia/Kolkata" });
  const logged = () => db.auditEntry.count({ where: { action: "organisation.describe" } });
  const once = await logged();
  await called("Asia/Kolkata");
  expect(await logged()).toBe(once);
  await expect(called("Berlin")).rejects.toThrow(/IANA name/);

  await postgresSink(pool).append(environment.id, [aDecision(Date.now())]);
  await expect(called("Europe/Berlin")).rejects.toMatchObject({ code: "precondition-failed" });
  await called("Asia/Kolkata", "Another name");
  expect(await organisationRow(db)).toMatchObject({ name: "Another name", zone: "Asia/Kolkata" });
});

test("nobody but an admin of everything names the organisation", async () => {
  const { environment, as } = await publishedScene(db);
  const input = { environment: environment.key, name: "Mine", zone: "UTC" };
  await expect(describeOrganisation(as("operator"), input)).rejects.toMatchObject({ code: "forbidden" });
});
