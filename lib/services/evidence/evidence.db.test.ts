import pg from "pg";
import { afterAll, expect, test } from "vitest";
import type { Context } from "#lib/context.ts";
import type { WhichAnswers } from "#lib/core/events/harm.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import { closeDb, getPool } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { keyActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createServingFeature } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { placeControl } from "../controls/commands/place.ts";
import { exportEvidence } from "./commands.ts";
import { evidenceSize } from "./queries.ts";
import type { EvidenceFormat } from "./schema.ts";

const { db, appUrl, ownerUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);
const sink = postgresSink(getPool());

const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const ANNA = "0a000000000000000000000000000000";
const BEN = "0b000000000000000000000000000000";
const iso = (at: number) => new Date(at).toISOString();

/** A feature with decisions in the hour from `now - 3 h`, and others all around it. */
async function scene() {
  const { environment, feature, release, stop, as: at } = await publishedScene(db);
  const as: typeof at = (who) => at(who, new Date());
  const other = await createServingFeature(db, environment.id);
  const elsewhere = await publishedScene(db);
  const span = {
    environment: environment.key,
    feature: feature.key,
    from: iso(now - 3 * HOUR_MS),
    to: iso(now - 2 * HOUR_MS),
    answers: "every" as WhichAnswers,
  };
  const input = (format: EvidenceFormat) => ({ ...span, format });
  const within = (about: Parameters<typeof aDecision>[1] = {}, minutes = 1) =>
    aDecision(now - 3 * HOUR_MS + minutes * 60_000, { feature: feature.key, release: release.id, ...about });
  const add = (...events: Parameters<typeof sink.append>[1]) => sink.append(environment.id, events);
  return { environment, feature, release, other, elsewhere, stop, as, span, input, within, add };
}

const entriesOf = (featureKey: string) =>
  db.auditEntry.findMany({ where: { action: "telemetry.export", featureKey }, orderBy: { seq: "asc" } });

/** What the log says became of exports, without whose and of when. */
const endsOf = async (featureKey: string) =>
  (await entriesOf(featureKey)).map(({ sentence }) => sentence.replace(/^.* UTC /, ""));

async function textOf(pages: AsyncGenerator<string, void>): Promise<string> {
  let text = "";
  for await (const page of pages) text += page;
  return text;
}

const never = new AbortController().signal;

async function read(ctx: Context, input: Parameters<typeof exportEvidence>[1]): Promise<string> {
  const { pages } = await exportEvidence(ctx, input, { signal: never, again: async () => ctx });
  return textOf(pages);
}

async function linesOf(ctx: Context, input: Parameters<typeof exportEvidence>[1]): Promise<Record<string, unknown>[]> {
  const text = await read(ctx, input);
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}

test("exactly the decisions of that feature, environment and time are in it, oldest first, with what came later", async () => {
  const { as, within, add, other, elsewhere, input, feature, stop, release, span } = await scene();
  const { value: control } = await placeControl(as("operator"), stop());
  const [late, early] = [within({ userHash: BEN }, 59), within({ userHash: ANNA, controls: [control] }, 0)];
  await add(late, early, within({ feature: other.feature.key }), within({}, -0.01), within({}, 60));
  await sink.append(elsewhere.environment.id, [within()]);
  await add(
    aSignal(now - 1000, { decisionId: early.id, kind: "edited", value: 40, changed: 0.3 }),
    aSignal(now - 3 * HOUR_MS + 1000, { decisionId: early.id, kind: "shown" }),
  );

  const lines = await linesOf(as("operator"), input("jsonl"));
  expect(lines).toMatchObject([
    {
      decision_id: early.id,
      user_pseudonym: ANNA,
      release_name: release.name,
      controls: [{ id: control, sentence: expect.stringContaining("Disable") }],
      signals: [
        { kind: "shown", value: null },
        { kind: "edited", value: 40, changed: 0.3 },
      ],
    },
    { decision_id: late.id, user_pseudonym: BEN, controls: [], signals: [] },
  ]);
  expect(await evidenceSize(as("operator"), span, never)).toMatchObject({ decisions: 2, people: 2 });
  const csv = (await read(as("operator"), input("csv"))).trimEnd().split("\n");
  expect(csv).toHaveLength(3);
  expect(csv[1]).toContain(ANNA);

  const entries = await entriesOf(feature.key);
  expect(entries.map((entry) => entry.sentence)).toEqual(
    [1, 2].flatMap(() => [
      expect.stringMatching(/^Export of who was affected by .* UTC was begun: 2 answers to 2 people\.$/),
      expect.stringMatching(/^Who was affected by .* UTC was exported: 2 answers to 2 people\.$/),
    ]),
  );
  for (const { details } of entries.slice(0, 2)) {
    const counted = { decisions: 2, unnamed: 0, people: 2, exact: true };
    expect(details).toEqual({ from: span.from, to: span.to, answers: "every", format: "jsonl", ...counted });
  }
});

test("of the answers with a sign of harm, size, file and log say the same, and the file what the harm was", async () => {
  const { as, within, add, span, input, feature } = await scene();
  const [hurt, again, well, silent] = [ANNA, ANNA, BEN, BEN].map((userHash, n) => within({ userHash }, n));
  if (!hurt || !again || !well || !silent) throw new Error("four");
  await add(hurt, again, well, silent);
  await add(
    aSignal(now, { decisionId: hurt.id, kind: "escalated" }),
    aSignal(now, { decisionId: hurt.id, kind: "audited", label: "misleading" }),
    aSignal(now, { decisionId: again.id, kind: "edited" }),
    aSignal(now, { decisionId: well.id, kind: "audited", label: "fine" }),
    aSignal(now - 2.5 * HOUR_MS, { kind: "escalated", feature: feature.key, userHash: BEN }),
  );
  const only = { answers: "harmed" as const };
  expect(await evidenceSize(as("operator"), { ...span, ...only }, never)).toMatchObject({
    ...{ decisions: 2, people: 1, looseHarm: { here: 1, anywhere: 0 } },
  });
  const lines = await linesOf(as("operator"), { ...input("jsonl"), ...only });
  expect(lines.map((line) => [line.decision_id, line.harm])).toEqual([
    [hurt.id, ["ended in an escalation to support", "was found misleading by an audit"]],
    [again.id, ["was changed by a person before use"]],
  ]);
  const all = await linesOf(as("operator"), input("jsonl"));
  expect(all.map((line) => line.harm)).toEqual([...lines.map((line) => line.harm), [], []]);
  const [begun, exported] = await entriesOf(feature.key);
  expect([begun?.sentence, exported?.sentence]).toEqual([
    expect.stringMatching(/was begun: 2 answers with a sign of harm, to 1 person\.$/),
    expect.stringMatching(/was exported: 2 answers with a sign of harm, to 1 person\.$/),
  ]);
  expect(exported?.details).toMatchObject({ answers: "harmed", decisions: 2, people: 1 });
});

test("the log says what really left: what came after the count too, and of what was broken off how far it was", async () => {
  const { as, within, add, input, feature } = await scene();
  await add(within({ userHash: ANNA }));
  const ctx = as("operator");
  const options = { signal: never, again: async () => ctx };
  const whole = await exportEvidence(ctx, input("jsonl"), options);
  await add(within({ userHash: BEN }), within({ userHash: ANNA }), within());
  for await (const _ of whole.pages);
  await whole.brokenOff(new Date());
  const broken = await exportEvidence(ctx, input("jsonl"), options);
  await Promise.all([broken.brokenOff(new Date()), broken.brokenOff(new Date())]);
  expect(await endsOf(feature.key)).toEqual([
    "was begun: 1 answer to 1 person.",
    "was exported: 4 answers, 3 of them to 2 people and 1 to people who are not named.",
    "was begun: 4 answers, 3 of them to 2 people and 1 to people who are not named.",
    "was broken off: at most 0 of 4 answers had been sent.",
  ]);
});

test("an end that could not be written down is written when the export breaks off for it, and none twice", async () => {
  const { as, within, add, input, feature } = await scene();
  await add(within());
  const ctx = as("operator");
  const options = { signal: never, again: async () => ctx };
  const refused = await exportEvidence(ctx, input("jsonl"), options);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `alter table "AuditEntry" add constraint no_end check (sentence not like '%was exported:%') not valid`,
  );
  await expect(textOf(refused.pages)).rejects.toThrow();
  await owner.query(`alter table "AuditEntry" drop constraint no_end`);
  await owner.end();
  await Promise.all([refused.brokenOff(new Date()), refused.brokenOff(new Date())]);

  // The reader leaves while the last entry is being written.
  let [asked, leaving] = [0, Promise.resolve()];
  const leave = () => {
    leaving = whole.brokenOff(new Date());
  };
  const again = async () => {
    asked += 1;
    if (asked === 2) setImmediate(leave);
    return ctx;
  };
  const whole = await exportEvidence(ctx, input("jsonl"), { ...options, again });
  await textOf(whole.pages);
  await leaving;
  expect(asked).toBe(2);
  expect(await endsOf(feature.key)).toEqual([
    "was begun: 1 answer; to whom is not known.",
    "was broken off: at most 1 of 1 answer had been sent.",
    "was begun: 1 answer; to whom is not known.",
    "was exported: 1 answer; to whom is not known.",
  ]);
});

test("the end of an export is dated when it ended, not when its last page was made", async () => {
  const { as, within, add, input, feature } = await scene();
  await add(within());
  const ctx = as("operator");
  let late = ctx.now.getTime();
  const later = () => {
    late += 60_000;
    return new Date(late);
  };
  const options = { signal: never, again: async () => ({ ...ctx, now: later() }) };
  await textOf((await exportEvidence(ctx, input("jsonl"), options)).pages);
  const whole = new Date(late);
  const { pages, brokenOff } = await exportEvidence(ctx, input("jsonl"), options);
  await pages.next();
  await pages.next();
  const broken = later();
  await brokenOff(broken);
  expect((await entriesOf(feature.key)).map(({ at }) => at)).toEqual([ctx.now, whole, ctx.now, broken]);
  expect(whole.getTime()).toBe(ctx.now.getTime() + 120_000);
});

test("the log has its line before anything leaves, and a refusal leaves none", async () => {
  const { as, within, add, input, feature } = await scene();
  await add(within());
  const count = () => db.auditEntry.count({ where: { action: "telemetry.export", featureKey: feature.key } });
  const ctx = as("reviewer");
  const options = { signal: never, again: async () => ctx };
  await exportEvidence(ctx, input("csv"), options);
  expect(await count()).toBe(1);
  for (const who of ["viewer", "author"] as const) {
    await expect(exportEvidence(as(who), input("csv"), options)).rejects.toMatchObject({ code: "forbidden" });
    await expect(evidenceSize(as(who), input("csv"), never)).rejects.toMatchObject({ code: "forbidden" });
  }
  const server = as(keyActor("server", input("csv").environment));
  await expect(exportEvidence(server, input("csv"), options)).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportEvidence(ctx, { ...input("csv"), feature: "none" }, options)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(exportEvidence(ctx, { ...input("csv"), to: input("csv").from }, options)).rejects.toThrow(
    /before the end/,
  );
  expect(await count()).toBe(1);
});

test("a time of which nothing is kept says from when on there is something; a span that reaches back further begins there", async () => {
  const { as, within, add, span } = await scene();
  await add(within());
  const before = { ...span, from: iso(now - 400 * 24 * HOUR_MS), to: iso(now - 300 * 24 * HOUR_MS) };
  await expect(evidenceSize(as("operator"), before, never)).rejects.toThrow(/they begin on \d+ \w+ \d{4} at 00:00 UTC/);
  const size = await evidenceSize(as("operator"), { ...before, to: span.to }, never);
  expect(size).toMatchObject({ decisions: 1, keptSince: expect.stringMatching(/T00:00:00.000Z$/) });
});

test("people of many days are those of exactly these times who got an answer", async () => {
  const { as, within, add, span, input } = await scene();
  const daysAgo = (days: number, userHash: string) =>
    aDecision(now - days * 24 * HOUR_MS, { feature: span.feature, userHash });
  await add(within({ userHash: ANNA }), daysAgo(3.2, BEN), daysAgo(4.5, BEN), daysAgo(5.1, "0c".padEnd(32, "0")));
  // Took part without an answer.
  await add(aSignal(now - HOUR_MS, { feature: span.feature, userHash: "0d".padEnd(32, "0"), kind: "manual-path" }));
  const long = { from: iso(now - 5 * 24 * HOUR_MS), to: iso(now) };
  expect(await evidenceSize(as("operator"), { ...span, ...long }, never)).toMatchObject({
    decisions: 3,
    people: 2,
    exact: true,
  });
  expect(await linesOf(as("operator"), { ...input("jsonl"), ...long })).toHaveLength(3);
});

test("a role that is taken away, or a caller who is gone, ends an export that is under way", async () => {
  const { as, within, add, input } = await scene();
  await add(within());
  const ctx = as("operator");
  const taken = await exportEvidence(ctx, input("csv"), {
    signal: never,
    again: async () => as("viewer"),
  });
  expect((await taken.pages.next()).value).toContain("user_pseudonym");
  await expect(taken.pages.next()).rejects.toMatchObject({ code: "forbidden" });

  const gone = new AbortController();
  const { pages } = await exportEvidence(ctx, input("csv"), { signal: gone.signal, again: async () => ctx });
  await pages.next();
  gone.abort(new Error("hung up"));
  await expect(pages.next()).rejects.toThrow("hung up");
});

test("forty thousand decisions go through without staying in memory, each once", async () => {
  const { as, input, environment, feature } = await scene();
  const many = 40_000;
  await getPool().query(
    `insert into telemetry.decision (id, environment_id, at, source, instance, feature, scenarios, cohorts, cohorts_unknown, user_hash, initiated_by, served, mode, safety_filtered, controls, dimensions)
     select (substr(telemetry.id_floor(at)::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16, 3) || '-8' || substr(gen_random_uuid()::text, 21))::uuid,
       $1, at, 'sdk', 'desk-1', $2, '{billing,refunds}', '{}', '{}', gen_random_uuid(), 'user', 'primary', 'autonomous', false, '{}', '{}'
     from (select $3::timestamptz + n * interval '80 milliseconds' as at from generate_series(0, $4::int - 1) n) x`,
    [environment.id, feature.key, input("csv").from, many],
  );
  const ctx = as("operator");
  const options = { signal: never, again: async () => ctx };
  const { pages, decisions } = await exportEvidence(ctx, input("jsonl"), options);
  expect(decisions).toBe(many);
  const seen = new Set<string>();
  let [bytes, longest, previous] = [0, 0, ""];
  for await (const page of pages) {
    bytes += page.length;
    longest = Math.max(longest, page.length);
    for (const [, id = ""] of page.matchAll(/^\{"decision_id":"([^"]+)"/gm)) {
      expect(id > previous).toBe(true);
      previous = id;
      seen.add(id);
    }
  }
  expect(seen.size).toBe(many);
  // What is held at any time is a page, whatever the whole weighs.
  expect(longest).toBeLessThan(bytes / 20);
});

test("a span that begins before there was a calendar, and ends after all, is all there is", async () => {
  const { as, within, add, input, span } = await scene();
  await add(within({ userHash: ANNA }));
  const all = { from: "0001-01-01T00:00:00Z", to: "9999-12-31T23:59:59Z" };
  expect(await evidenceSize(as("operator"), { ...span, ...all }, never)).toMatchObject({ decisions: 1 });
  expect(await linesOf(as("operator"), { ...input("jsonl"), ...all })).toHaveLength(1);
});
