import type { ActivityEntry } from "../features/schema.ts";

/** The columns of an audit entry that people see. */
export type AuditRow = {
  seq: bigint;
  at: Date;
  /** As `actorReference` writes it. */
  actor: string;
  actorName: string;
  action: string;
  sentence: string;
  reason: string | null;
  details: unknown;
};

/** An entry of the log as screens show it. */
export function activityEntry(row: AuditRow): ActivityEntry {
  return {
    seq: row.seq.toString(),
    at: row.at.toISOString(),
    // The names of automation are for the log; people know it as Evenkeel.
    who: row.actor.startsWith("automation:") ? "Evenkeel" : row.actorName,
    sentence: row.sentence,
    reason: row.reason,
    action: row.action,
    version: versionIn(row.details),
  };
}

function versionIn(details: unknown): number | null {
  if (typeof details !== "object" || details === null || !("version" in details)) return null;
  return typeof details.version === "number" ? details.version : null;
}
