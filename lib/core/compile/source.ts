/**
 * What a ruleset is compiled from: rows of prisma/models as they are, so that whoever reads them only selects. Columns that hold JSON are `unknown`
 * here and pass through unread: `decide` reads anything safely, and a strange row must never stand between a stop and its publication.
 */
export type CompileSource = {
  environment: {
    key: string;
    epoch: string;
    version: number;
    userHashKey: string;
    staleColdMs: number;
    staleRunningMs: number;
  };
  attributes: readonly (Archivable & { key: string; type: string })[];
  cohorts: readonly (Archivable & { key: string; name: string; version: number; when: unknown })[];
  approvedReroutes: readonly (Archivable & {
    fromProvider: string;
    fromModel: string;
    toProvider: string;
    toModel: string;
  })[];
  releases: readonly ReleaseRow[];
  texts: readonly { key: string; text: string }[];
  features: readonly FeatureRow[];
  featureStates: readonly FeatureStateRow[];
  rollouts: readonly RolloutRow[];
  controls: readonly ControlRow[];
  filters: readonly FilterRow[];
};

/** A point in time as the database driver gives it. */
export type Moment = { getTime(): number };

/** Archived rows (`archivedAt` set) are left out of the ruleset. */
export type Archivable = { archivedAt?: Moment | null };

export type ReleaseRow = {
  id: string;
  featureId: string;
  name: string;
  blob: string;
  /** ChainStep[] */
  chain: unknown;
  standing: string;
  knownGoodSince: Moment | null;
};

export type ScenarioRow = Archivable & {
  key: string;
  name: string;
  risk: string;
  /** Rung[] */
  ladder: unknown;
};

export type FeatureRow = Archivable & {
  id: string;
  key: string;
  name: string;
  /** Rung[] */
  ladder: unknown;
  scenarios: readonly ScenarioRow[];
};

/** A feature without such a row is not offered in this environment: asked for it, `decide` falls back. */
type FeatureStateRow = {
  featureId: string;
  on: boolean;
  /** Condition or null */
  envelope: unknown;
  releaseId: string;
  mode: string;
  reviewBelow: number;
  minConfidence: number;
  maxLatencyMs: number;
  stream: boolean;
  sampleShare: number;
  /** {userHash, release, until}[] */
  pins: unknown;
};

/** Of the open rollouts of a feature the newest (by id, a UUIDv7) counts. */
export type RolloutRow = {
  id: string;
  featureId: string;
  seed: bigint | number;
  /** Condition or null */
  eligible: unknown;
  /** Arm[] */
  arms: unknown;
  /** {release, share} or null */
  shadow: unknown;
  status: string;
};

/** Lifted controls are left out. Expired ones stay until the expiry job ends them: only proved server time says that they are over. */
export type ControlRow = {
  id: string;
  sentence: string;
  /** Scope */
  scope: unknown;
  /** Effect[] */
  effects: unknown;
  expiresAt: Moment | null;
  liftedAt: Moment | null;
};

/** `release` is "" for everybody who has had the feature. */
type FilterRow = {
  name: string;
  featureKey: string;
  release: string;
  blob: string;
  hashes: number;
  size: number;
};
