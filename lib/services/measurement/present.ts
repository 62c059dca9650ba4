import type { Condition } from "#lib/core/decision/condition.ts";
import { SLOTS } from "#lib/core/decision/constants.ts";
import { implies } from "#lib/core/decision/implies.ts";
import type { Arm } from "#lib/core/decision/ruleset.ts";
import { sameJson } from "#lib/core/decision/same-json.ts";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import type { ReadinessFacts } from "#lib/core/metrics/readiness.ts";
import { incidentClass, type MeasurementView, qualityWeights } from "./schema.ts";

/** What is stored of how a feature is measured. */
export type MeasurementRow = {
  version: number;
  metrics: string[];
  weights: unknown;
  trustFailure: string;
  fallbackAgreed: boolean;
  incidentClasses: unknown;
  changedAt: Date;
  changedByName: string;
};

/** Before anybody said otherwise: what a judge says, what users do, and whether the task was completed count alike. */
const ALIKE = { judge: 1, feedback: 1, completion: 1 } as const;

/** A stored row as people see it; version 0 and nothing chosen where there is none. */
export function measurementOf(row: MeasurementRow | null): Omit<MeasurementView, "feature" | "mayChange"> {
  const classes = incidentClass.array().safeParse(row?.incidentClasses);
  return {
    version: row?.version ?? 0,
    metrics: row?.metrics ?? [],
    weights: qualityWeights.safeParse(row?.weights).data ?? ALIKE,
    trustFailure: row?.trustFailure ?? "",
    fallbackAgreed: row?.fallbackAgreed ?? false,
    incidentClasses: classes.data ?? [],
    changed: row && { at: row.changedAt.toISOString(), who: row.changedByName },
  };
}

type StateRow = { envelope: unknown; releaseId: string; release: { chain: unknown } };

/**
 * Whom a launch gives AI. A rollout only chooses between releases, except where the current one has no model: that is a first launch, in which only the candidate
 * answers.
 */
export function launchGroupOf(
  { envelope, releaseId, release }: StateRow,
  open: { arms: unknown; eligible: unknown } | undefined,
): Pick<ReadinessFacts, "narrowed" | "rollout"> {
  if (open === undefined) return { narrowed: narrows(envelope), rollout: null };
  const rest = Array.isArray(release.chain) && release.chain.length === 0 ? "fallback" : "current";
  const candidates = (open.arms as Arm[]).filter((arm) => arm.release !== releaseId);
  const slots = candidates.flatMap(({ ranges }) => ranges).reduce((sum, { from, to }) => sum + to - from, 0);
  const narrowed = narrows(envelope) || (rest === "fallback" && narrows(open.eligible));
  return { narrowed, rollout: { share: slots / SLOTS, rest } };
}

/** Whether a condition leaves anybody out: none at all, and one that asks for nothing, let everybody in. */
function narrows(condition: unknown): boolean {
  return !implies({ kind: "all", of: [] }, condition as Condition | null);
}

type Measured = Pick<MeasurementView, "metrics" | "weights" | "trustFailure" | "fallbackAgreed" | "incidentClasses">;

/** What a change does, as sentences for the log: "Added: correction time, edit rate.". Empty when it does nothing. */
export function measurementChanges(before: Measured, after: Measured): string[] {
  const said: string[] = [];
  const added = after.metrics.filter((key) => !before.metrics.includes(key));
  const dropped = before.metrics.filter((key) => !after.metrics.includes(key));
  if (added.length > 0) said.push(`Chosen: ${listed(added)}.`);
  if (dropped.length > 0) said.push(`No longer chosen: ${listed(dropped)}.`);
  if (!sameJson(before.weights, after.weights)) said.push("The weights of the quality score were changed.");
  if (before.trustFailure !== after.trustFailure) said.push("What losing trust would look like was rewritten.");
  if (before.fallbackAgreed !== after.fallbackAgreed) {
    said.push(
      after.fallbackAgreed
        ? "What customers see without AI was confirmed as read."
        : "What customers see without AI is no longer confirmed.",
    );
  }
  if (!sameJson(before.incidentClasses, after.incidentClasses)) {
    said.push(`The kinds of incident agreed on were changed: ${after.incidentClasses.length} now.`);
  }
  return said;
}

function listed(keys: readonly string[]): string {
  return keys.map((key) => metricByKey(key)?.name.toLowerCase() ?? key).join(", ");
}

/** Somebody else was faster: who, and when. `now` epoch ms. */
export function changedMeanwhile(changed: MeasurementView["changed"], now: number): string {
  const kept = "Nothing of yours was saved: look at what it says now, and change that.";
  if (!changed) return `Somebody else changed how this is measured meanwhile. ${kept}`;
  const minutes = Math.max(0, Math.round((now - Date.parse(changed.at)) / 60_000));
  const ago = minutes === 0 ? "just now" : minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  return `${changed.who} changed how this is measured ${ago}. ${kept}`;
}
