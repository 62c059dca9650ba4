import { BECAUSE } from "./because.ts";
import { isFiniteNumber, isInteger, isName, isRecord, isShare, own, sortedKeys } from "./json.ts";
import type { CohortNode, MatchNode } from "./match.ts";
import { prepareCondition } from "./prepare-condition.ts";
import type { PreparedControl } from "./prepare-control.ts";
import { type PreparedLadder, prepareLadder } from "./prepare-ladder.ts";
import {
  type ApprovedPair,
  type PreparedRelease,
  type PreparedScenario,
  prepareRelease,
  readRelease,
} from "./prepare-release.ts";
import { type Assignment, type PreparedRollout, prepareRollout } from "./prepare-rollout.ts";
import { stickyToken } from "./sticky.ts";

export type FeatureScenario = PreparedScenario<PreparedLadder>;

/** Everything a decision on this feature needs, found once per ruleset. */
export type PreparedFeature = {
  on: boolean;
  /** Null: everyone. */
  envelope: MatchNode | null;
  suggest: boolean;
  reviewBelow: number;
  minConfidence: number;
  maxLatencyMs: number;
  stream: boolean;
  sampleShare: number;
  ladder: PreparedLadder;
  /** Declared ones, and those that a control names. */
  scenarios: ReadonlyMap<string, FeatureScenario>;
  /** The high-risk scenario that stands for requests whose scenarios are not known. */
  worst: FeatureScenario | null;
  current: PreparedRelease;
  /** The assignment to the current release, and the same for those whose candidate was withdrawn. */
  everyone: Assignment;
  insteadOfWithdrawn: Assignment;
  rollout: PreparedRollout | null;
  pins: ReadonlyMap<string, { release: PreparedRelease; until: number }> | null;
};

/** What a feature shares with its ruleset. */
export type Surroundings = {
  attributes: Record<string, unknown>;
  releases: Record<string, unknown>;
  approved: readonly ApprovedPair[];
  cohort: (key: string) => CohortNode | null;
};

/**
 * Reads a raw feature with the controls that can touch it (sorted by id). Null when it cannot be read. An unreadable envelope or eligibility is
 * unknown, so nobody is inside; an unreadable rollout, pin, ladder or sample share is none.
 */
export function prepareFeature(
  key: string,
  raw: unknown,
  controls: readonly PreparedControl[],
  around: Surroundings,
): PreparedFeature | null {
  if (!isRecord(raw)) return null;
  const on = own(raw, "on");
  const currentId = own(raw, "release");
  const mode = own(raw, "mode");
  const reviewBelow = own(raw, "reviewBelow");
  const minConfidence = own(raw, "minConfidence");
  const maxLatencyMs = own(raw, "maxLatencyMs");
  const rawScenarios = own(raw, "scenarios");
  const sampleShare = own(raw, "sampleShare");
  if (typeof on !== "boolean" || !isName(currentId) || !isRecord(rawScenarios)) return null;
  if (mode !== "autonomous" && mode !== "suggestion") return null;
  if (!isShare(reviewBelow) || !isShare(minConfidence) || !isInteger(maxLatencyMs, 1)) return null;

  const scenarios = prepareScenarios(rawScenarios);
  const scenario = (name: string) => {
    const found = scenarios.get(name) ?? undeclared(name);
    scenarios.set(name, found);
    return found;
  };
  const releases = new Map<string, PreparedRelease>();
  const release = (id: string) => {
    const found =
      releases.get(id) ??
      prepareRelease(id, readRelease(own(around.releases, id), key), controls, around.approved, scenario);
    releases.set(id, found);
    return found;
  };
  const condition = (rawCondition: unknown) => prepareCondition(rawCondition, around);
  const envelope = own(raw, "envelope");
  const current = release(currentId);
  const everyone = { arm: "current", release: current, sticky: stickyToken("", "", currentId), because: null };
  return {
    on,
    envelope: envelope === null ? null : condition(envelope),
    suggest: mode === "suggestion",
    reviewBelow,
    minConfidence,
    maxLatencyMs,
    stream: own(raw, "stream") === true,
    sampleShare: isShare(sampleShare) ? sampleShare : 0,
    ladder: prepareLadder(own(raw, "ladder")),
    scenarios,
    worst: worstOf(scenarios),
    current,
    everyone,
    insteadOfWithdrawn: { ...everyone, because: BECAUSE.withdrawnCandidate },
    rollout: prepareRollout(own(raw, "rollout"), release, condition),
    pins: preparePins(own(raw, "pins"), release),
  };
}

const RISKS: readonly unknown[] = ["low", "medium", "high"];

/** A scenario whose risk cannot be read counts as high. */
function prepareScenarios(raw: Record<string, unknown>): Map<string, FeatureScenario> {
  const scenarios = new Map<string, FeatureScenario>();
  for (const key of sortedKeys(raw)) {
    const entry = own(raw, key);
    const rank = isRecord(entry) ? RISKS.indexOf(own(entry, "risk")) : -1;
    const ladder = prepareLadder(isRecord(entry) ? own(entry, "ladder") : null);
    scenarios.set(key, { key, declared: true, rank: rank < 0 ? 2 : rank, ladder, stamp: -1 });
  }
  return scenarios;
}

function undeclared(key: string): FeatureScenario {
  return { key, declared: false, rank: -1, ladder: prepareLadder(null), stamp: -1 };
}

/** Keys come sorted, so the first high-risk scenario is the one with the smallest key. */
function worstOf(scenarios: ReadonlyMap<string, FeatureScenario>): FeatureScenario | null {
  for (const scenario of scenarios.values()) if (scenario.rank === 2) return scenario;
  return null;
}

function preparePins(raw: unknown, release: (id: string) => PreparedRelease): PreparedFeature["pins"] {
  const pins = new Map<string, { release: PreparedRelease; until: number }>();
  for (const entry of Array.isArray(raw) ? raw : []) {
    const userHash = isRecord(entry) ? own(entry, "userHash") : null;
    const id = isRecord(entry) ? own(entry, "release") : null;
    const until = isRecord(entry) ? own(entry, "until") : null;
    if (!isName(userHash) || !isName(id) || !isFiniteNumber(until)) continue;
    const pinned = release(id);
    if (pinned.readable && !pinned.withdrawn && !pins.has(userHash)) pins.set(userHash, { release: pinned, until });
  }
  return pins.size === 0 ? null : pins;
}
