import { SCHEMA_VERSION } from "./constants.ts";
import { byCodeUnits, isFiniteNumber, isInteger, isRecord, own, sortedKeys } from "./json.ts";
import type { CohortNode } from "./match.ts";
import { mightContainEncoded } from "./membership.ts";
import { prepareCohorts } from "./prepare-cohorts.ts";
import { type PreparedControl, prepareControl } from "./prepare-control.ts";
import { type PreparedFeature, prepareFeature } from "./prepare-feature.ts";
import { type ApprovedPair, readApprovedPairs } from "./prepare-release.ts";
import { hashUser } from "./user-hash.ts";

/** How many pseudonyms a ruleset remembers. */
const MAX_HASHES = 2_000;
/** More hash functions than any sensible filter has: one that claims more is unreadable. */
const MAX_FUNCTIONS = 64;

type Tables = {
  features: Record<string, unknown>;
  releases: Record<string, unknown>;
  attributes: Record<string, unknown>;
  filters: Record<string, unknown>;
  userHashKey: unknown;
};

/** What has been prepared of one ruleset object so far. Rulesets are values: nothing that is asked here may change afterwards. */
export class PreparedRuleset {
  readonly name: { epoch: string; version: number };
  private readonly tables: Tables | null = null;
  private readonly cohorts: Map<string, CohortNode> = new Map();
  private readonly approved: readonly ApprovedPair[] = [];
  private readonly everywhere: PreparedControl[] = [];
  private readonly ofFeature = new Map<string, PreparedControl[]>();
  private readonly features = new Map<string, PreparedFeature | null>();
  private readonly hashes = new Map<string, string>();

  constructor(raw: unknown) {
    const record = isRecord(raw) ? raw : {};
    const epoch = own(record, "epoch");
    const version = own(record, "version");
    this.name = Object.freeze({
      epoch: typeof epoch === "string" ? epoch : "",
      version: isFiniteNumber(version) ? version : 0,
    });
    const { features, releases, attributes, filters, cohorts, controls, approvedReroutes, userHashKey, schemaVersion } =
      readTables(record);
    if (schemaVersion !== SCHEMA_VERSION || typeof epoch !== "string" || !isInteger(version, 0)) return;
    if (!isRecord(features) || !isRecord(releases) || !isRecord(attributes) || !isRecord(filters)) return;
    if (!isRecord(cohorts) || !isRecord(controls) || !Array.isArray(approvedReroutes)) return;
    this.tables = { features, releases, attributes, filters, userHashKey };
    this.cohorts = prepareCohorts(cohorts, attributes);
    this.approved = readApprovedPairs(approvedReroutes);
    for (const id of sortedKeys(controls)) this.addControl(id, own(controls, id));
  }

  get readable(): boolean {
    return this.tables !== null;
  }

  /** The prepared feature; undefined when there is none of this key, null when it cannot be read. */
  feature(key: string): PreparedFeature | null | undefined {
    const known = this.features.get(key);
    if (known !== undefined || this.tables === null) return known;
    if (!Object.hasOwn(this.tables.features, key)) return undefined;
    const mine = this.ofFeature.get(key);
    const controls =
      mine === undefined ? this.everywhere : [...this.everywhere, ...mine].sort((a, b) => byCodeUnits(a.id, b.id));
    const { attributes, releases } = this.tables;
    const around = { attributes, releases, approved: this.approved, cohort: this.cohort };
    const feature = prepareFeature(key, this.tables.features[key], controls, around);
    this.features.set(key, feature);
    return feature;
  }

  /** The pseudonym of a user, remembered for a while; null when the ruleset's key cannot be read. */
  userHash(userId: string): string | null {
    const known = this.hashes.get(userId);
    if (known !== undefined) {
      // Asked again: it moves to the end, so that those who left are forgotten first.
      this.hashes.delete(userId);
      this.hashes.set(userId, known);
      return known;
    }
    const key = this.tables?.userHashKey;
    const hash = typeof key === "string" ? hashUser(key, userId) : null;
    if (hash === null) return null;
    if (this.hashes.size >= MAX_HASHES) this.forgetOldest();
    this.hashes.set(userId, hash);
    return hash;
  }

  /** Whether this pseudonym is in the filter; a filter that is missing, unreadable or not loaded admits nobody. */
  admits(filter: string, userHash: string | null): boolean {
    const raw = this.tables === null ? undefined : own(this.tables.filters, filter);
    if (userHash === null || !isRecord(raw)) return false;
    const bits = own(raw, "bits");
    const size = own(raw, "size");
    const hashes = own(raw, "hashes");
    if (typeof bits !== "string" || !isInteger(size, 1) || !isInteger(hashes, 1) || hashes > MAX_FUNCTIONS)
      return false;
    return mightContainEncoded(bits, size, hashes, userHash);
  }

  /** Model pairs that were approved as reroute targets beforehand. */
  get approvedPairs(): readonly ApprovedPair[] {
    return this.approved;
  }

  private readonly cohort = (key: string): CohortNode | null => this.cohorts.get(key) ?? null;

  private addControl(id: string, raw: unknown): void {
    const control = prepareControl(id, raw, this.cohort);
    if (control.feature === null) {
      this.everywhere.push(control);
      return;
    }
    const list = this.ofFeature.get(control.feature) ?? [];
    list.push(control);
    this.ofFeature.set(control.feature, list);
  }

  private forgetOldest(): void {
    const oldest = this.hashes.keys().next();
    if (!oldest.done) this.hashes.delete(oldest.value);
  }
}

function readTables(record: Record<string, unknown>) {
  return {
    schemaVersion: own(record, "schemaVersion"),
    features: own(record, "features"),
    releases: own(record, "releases"),
    attributes: own(record, "attributes"),
    filters: own(record, "filters"),
    cohorts: own(record, "cohorts"),
    controls: own(record, "controls"),
    approvedReroutes: own(record, "approvedReroutes"),
    userHashKey: own(record, "userHashKey"),
  };
}

const prepared = new WeakMap<object, PreparedRuleset>();
const UNREADABLE = new PreparedRuleset(null);

/** What is prepared of this ruleset, starting when it is first asked. Anything that is no object reads as an unreadable ruleset. */
export function prepare(ruleset: unknown): PreparedRuleset {
  if (typeof ruleset !== "object" || ruleset === null) return UNREADABLE;
  let found = prepared.get(ruleset);
  if (found === undefined) {
    found = new PreparedRuleset(ruleset);
    prepared.set(ruleset, found);
  }
  return found;
}
