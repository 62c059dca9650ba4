import { DAY_MS } from "#lib/core/time.ts";
import { auditHead } from "#lib/services/audit/queries.ts";
import { auditKey, readSeals, sealHead, writeSeal } from "../audit-seal.ts";
import type { Job } from "../job.ts";

/** Once a day, signs the head of the audit log and writes it to a file outside the database: what was cut off or rewritten since then shows. */
export const sealAuditJob: Job = {
  name: "seal-audit",
  everyMs: 60_000,
  async run({ db, now }) {
    const newest = (await readSeals()).at(-1);
    if (newest && now.getTime() - Date.parse(newest.at) < DAY_MS) return;
    const head = await auditHead(db);
    if (head) await writeSeal(sealHead(head, now, auditKey()));
  },
};
