import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { setEnv } from "#lib/env.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { auditKey, readSeals, sealHead, writeSeal } from "#lib/worker/audit-seal.ts";
import { sealAuditJob } from "#lib/worker/jobs/seal-audit.ts";
import { placeControl } from "../services/controls/commands/place.ts";
import { verifyAudit } from "./admin-verbs.ts";

const { db, pool, ownerUrl } = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "evenkeel-seal-"));
const { privateKey } = generateKeyPairSync("ed25519");
const { privateKey: stranger } = generateKeyPairSync("ed25519");
const key = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
setEnv({ EVENKEEL_DATA_DIR: folder, EVENKEEL_AUDIT_KEY: key });
const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
afterAll(async () => {
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

const seal = (now: Date) =>
  sealAuditJob.run({ db, pool, now, contexts: async () => [], signal: new AbortController().signal });

test("the head is signed once a day, and an end that was cut off is found", async () => {
  const { stop, as } = await publishedScene(db);
  await placeControl(as("operator"), stop());
  const monday = new Date("2026-03-02T08:00:00Z");
  await seal(monday);
  await seal(new Date(monday.getTime() + 23 * 3_600_000));
  expect(await readSeals()).toHaveLength(1);
  await placeControl(as("operator"), stop({ template: "review-scenario" }));
  await seal(new Date(monday.getTime() + 25 * 3_600_000));
  expect(await readSeals()).toHaveLength(2);
  expect(await verifyAudit(db)).toMatch(/whole: \d+ entries, 2 signed heads/);

  await owner.query(`alter table "AuditEntry" disable trigger append_only`);
  await owner.query(`delete from "AuditEntry" where seq = (select max(seq) from "AuditEntry")`);
  await expect(verifyAudit(db)).rejects.toThrow(/signed on 2026-03-03.* is not in the audit log any more/);
});

test("a head that somebody else signed counts for nothing", async () => {
  expect(auditKey().asymmetricKeyType).toBe("ed25519");
  rmSync(join(folder, "audit-heads.jsonl"));
  await writeSeal(sealHead({ seq: 1n, hash: "0".repeat(64) }, new Date(0), stranger));
  await expect(verifyAudit(db)).rejects.toThrow(/not signed with our key/);
});
