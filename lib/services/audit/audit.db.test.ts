import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { transaction } from "#lib/db/transaction.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { giveReason } from "../controls/commands/give-reason.ts";
import { placeControl } from "../controls/commands/place.ts";
import { auditHead, checkChain, featureActivity, holdsHead, searchAudit } from "./queries.ts";
import { recordAudit } from "./record.ts";

const { db, pool, ownerUrl } = await testDatabase();
const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
afterAll(() => owner.end());

const FORBIDDEN = [
  `update "AuditEntry" set sentence = 'nothing happened'`,
  `delete from "AuditEntry"`,
  `truncate "AuditEntry"`,
  `update "RulesetVersion" set cause = 'nothing'`,
];

test.each(FORBIDDEN)("neither the program nor the owner may: %s", async (statement) => {
  await expect(pool.query(statement)).rejects.toThrow(/permission denied/);
  await expect(owner.query(statement)).rejects.toThrow(/never changed/);
});

test("what was rewritten behind the guards is found, and where", async () => {
  const { stop, as } = await publishedScene(db);
  const { value: id } = await placeControl(as("operator"), stop());
  const { seq } = await db.auditEntry.findFirstOrThrow({ where: { target: `control:${id}` } });
  await placeControl(as("operator"), stop({ template: "review-scenario" }));
  const rewrite = async (sentence: string) => {
    await owner.query(`alter table "AuditEntry" disable trigger append_only`);
    await owner.query(`update "AuditEntry" set sentence = $1 where seq = $2`, [sentence, seq]);
    await owner.query(`alter table "AuditEntry" enable always trigger append_only`);
  };
  const { sentence } = await db.auditEntry.findUniqueOrThrow({ where: { seq } });
  await rewrite("Nothing happened.");
  expect(await checkChain(db)).toMatchObject({ whole: false, brokenAt: seq.toString() });
  await rewrite(sentence);
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("an end that was cut off does not break the chain, but no longer holds the head that was signed", async () => {
  const { stop, as } = await publishedScene(db);
  await placeControl(as("operator"), stop());
  const head = await auditHead(db);
  if (!head) throw new Error("there is an entry");
  expect(await holdsHead(db, head)).toBe(true);
  expect(await holdsHead(db, { seq: head.seq + 1n, hash: head.hash })).toBe(false);
});

test("a hundred entries at once make one chain without a gap", async () => {
  const { as } = await publishedScene(db);
  const ctx = as("operator");
  const write = (n: number) =>
    transaction(db, (tx) => recordAudit(tx, ctx, { action: "test", target: `test:${n}`, sentence: `Number ${n}.` }));
  await Promise.all(Array.from({ length: 100 }, (_, n) => write(n)));
  expect(await checkChain(db)).toMatchObject({ whole: true });
});

test("what fails leaves no entry", async () => {
  const { as } = await publishedScene(db);
  const before = await auditHead(db);
  const failing = transaction(db, async (tx) => {
    await recordAudit(tx, as("operator"), { action: "test", target: "test:0", sentence: "Not done." });
    throw new Error("the rest of the command failed");
  });
  await expect(failing).rejects.toThrow("the rest of the command failed");
  expect(await auditHead(db)).toEqual(before);
});

test("the log is searched by words, person and feature, a page at a time, and never shows another environment", async () => {
  const { feature, scenario, stop, as } = await publishedScene(db);
  const lead = personActor("operator");
  const { value: id } = await placeControl(as(lead), stop());
  await giveReason(as(lead), { environment: stop().environment, id, reason: "Invented a refund policy" });
  const sentence = `"Disable AI replies for ${scenario.name} cases" was switched on.`;
  expect(await searchAudit(as("viewer"), { text: "switched ON" })).toMatchObject([{ sentence, who: lead.name }]);
  expect(await searchAudit(as("viewer"), { text: "refund policy" })).toMatchObject([{ action: "control.explain" }]);
  expect(await searchAudit(as("viewer"), { actor: randomUUID() })).toEqual([]);
  const [newest, before] = await featureActivity(as("viewer"), feature.key);
  expect([newest?.action, before?.action]).toEqual(["control.explain", "control.place"]);
  expect(await searchAudit(as("viewer"), { feature: feature.key, before: newest?.seq })).toHaveLength(1);
  const other = await publishedScene(db);
  expect(await searchAudit(other.as("viewer"), { text: "switched on" })).toEqual([]);
});
