import type { Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { can, UNDO_MS } from "#lib/core/access/can.ts";
import type { ComposedControl } from "#lib/core/controls/compose.ts";
import { type Names, oneOutput } from "#lib/core/controls/names.ts";
import { seesOf } from "#lib/core/controls/sees.ts";
import { templateOf } from "#lib/core/controls/templates.ts";
import type { Effect } from "#lib/core/decision/effect.ts";
import type { Scope } from "#lib/core/decision/ruleset.ts";
import type { Traffic } from "#lib/telemetry/aggregate-source.ts";
import type { ControlParams, ControlView, Impact, SwitchView } from "./schema.ts";

/** From here on a window counts as the last hour: its first event is seldom exactly an hour old. */
const WHOLE_HOUR_MS = 54 * 60_000;

/** A control's row, as far as people see it. */
export type ControlRow = {
  id: string;
  template: string;
  params: unknown;
  sentence: string;
  scope: unknown;
  effects: unknown;
  featureKey: string | null;
  scenarioKey: string | null;
  placedAt: Date;
  placedBy: string;
  placedByName: string;
  reason: string | null;
  expiresAt: Date | null;
  liftedAt: Date | null;
  liftedByName: string | null;
  liftReason: string | null;
  publishedVersion: number;
  liftedVersion: number | null;
};

type Viewer = Pick<Context, "actor" | "environment" | "now">;

/** A control as this viewer sees it: what it says, who placed it and why, and what the viewer may do about it. */
export function controlView(row: ControlRow, viewer: Viewer, names: Names): ControlView {
  const feature = row.featureKey === null ? undefined : names.features[row.featureKey];
  const scenario = row.scenarioKey === null ? undefined : feature?.scenarios[row.scenarioKey];
  const mine = row.placedBy === actorReference(viewer.actor);
  const undoUntil = row.placedAt.getTime() + UNDO_MS;
  return {
    id: row.id,
    template: row.template,
    sentence: row.sentence,
    layer: templateOf(row.template)?.layer ?? "feature",
    feature: row.featureKey === null ? null : { key: row.featureKey, name: feature?.name ?? row.featureKey },
    scenario: row.scenarioKey === null ? null : { key: row.scenarioKey, name: scenario?.name ?? row.scenarioKey },
    placedAt: row.placedAt.toISOString(),
    placedBy: row.placedByName,
    byMe: mine,
    byAutomation: !row.placedBy.startsWith("person:"),
    reason: row.reason,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedBy: row.liftedByName,
    liftReason: row.liftReason,
    sees: seesOf(row.effects as Effect[], row.scope as Scope, names),
    undoUntil:
      mine && row.liftedAt === null && undoUntil > viewer.now.getTime() ? new Date(undoUntil).toISOString() : null,
    lift: mayLift(row, viewer),
    version: row.liftedVersion ?? row.publishedVersion,
  };
}

function mayLift(row: ControlRow, viewer: Viewer): ControlView["lift"] {
  const answer = can(viewer.actor, "control.lift", {
    environment: viewer.environment,
    feature: row.featureKey,
    control: {
      placedBy: row.placedBy,
      placedByName: row.placedByName,
      placedAt: row.placedAt.getTime(),
      placedByAutomation: row.placedBy.startsWith("automation:"),
    },
    now: viewer.now.getTime(),
  });
  return answer.allowed ? answer : { allowed: false, because: `${answer.because} ${answer.whoCould}` };
}

/** Stable id of a sentence: its template and what fills it. */
export function switchKey(template: string, params: ControlParams): string {
  const filled = Object.entries(params).filter(([, value]) => value !== undefined);
  const parts = filled.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
  return `${template}?${parts.join("&")}`;
}

/** Whether the viewer may switch it on; if not, who may. */
export function mayPlace(feature: string | null, viewer: Viewer): SwitchView["place"] {
  const { environment, actor, now } = viewer;
  const answer = can(actor, "control.place", { environment, feature, change: "down", now: now.getTime() });
  return answer.allowed ? answer : { allowed: false, because: `${answer.because} ${answer.whoCould}` };
}

/** What a placed control was composed to, as it was then: names may have changed since. */
export function rowAsComposed(row: ControlRow): Pick<ComposedControl, "sentence" | "scope" | "effects" | "layer"> {
  return {
    sentence: row.sentence,
    scope: row.scope as Scope,
    effects: row.effects as Effect[],
    layer: templateOf(row.template)?.layer ?? "feature",
  };
}

type Touched = {
  scope: Scope;
  effects: Effect[];
  names: Names;
  /** Null: telemetry could not be asked. */
  traffic: Traffic | null;
  /** When anybody last reported (epoch ms), asked only when the last hour is silent. */
  silentSince: number | null;
  now: Date;
};

/** Whom it touches, in words that never turn silence into a zero. */
export function impactView({ scope, effects, names, traffic, silentSince, now }: Touched): Impact {
  const outputs = (scope.feature && names.features[scope.feature]?.outputName) || "AI answers";
  return {
    perHour: traffic?.aiPerHour ?? null,
    peoplePerHour: traffic?.peoplePerHour ?? null,
    sentence: touchedSentence(outputs, traffic, silentSince, now),
    sees: seesOf(effects, scope, names),
    unknownShare: traffic?.withoutValue ?? null,
    takeBack: "You can take this back yourself for 15 minutes.",
  };
}

function touchedSentence(outputs: string, traffic: Traffic | null, silentSince: number | null, now: Date): string {
  if (traffic === null) return "Whom this touches is not known: the figures cannot be read just now.";
  if (traffic.aiPerHour === null) {
    if (silentSince === null) return "Whom this touches is not known yet: nobody has reported.";
    const minutes = Math.max(1, Math.round((now.getTime() - silentSince) / 60_000));
    return `Whom this touches is not known: nobody has reported for ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  }
  if (traffic.aiPerHour === 0) return `No ${outputs} like this in the last hour.`;
  const count = (n: number, one: string, many: string) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
  const { peoplePerHour, unnamedPerHour } = traffic;
  const one = `${outputs.startsWith("AI ") ? "AI " : ""}${oneOutput(outputs)}`;
  const rate = `About ${count(traffic.aiPerHour, one, outputs)} an hour`;
  if (peoplePerHour === null) return `${rate}.`;
  const people = count(peoplePerHour, "customer", "customers");
  const unnamed = unnamedPerHour ? `; about ${count(unnamedPerHour, "names", "name")} no customer` : "";
  // A rate can be stretched to an hour; people cannot, because the same ones come back.
  if (traffic.windowMs > WHOLE_HOUR_MS) return `${rate}, to about ${people}${unnamed}.`;
  const minutes = Math.ceil(traffic.windowMs / 60_000);
  return `${rate}; ${people} in the last ${minutes <= 1 ? "minute" : `${minutes} minutes`}${unnamed}.`;
}
