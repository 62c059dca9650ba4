import type { ClientBase } from "pg";
import { type About, COHORT, SCENARIO } from "../rollup/about.ts";

/** Values of a dimension that are told apart, and dimensions of a feature. */
const MOST_VALUES = 50;
const MOST_KEYS = 20;
/** Scenarios and cohorts are declared, so there are more of them; but a host may send a ticket's number as one. */
const MOST_NAMES = 200;
const isName = (key: string) => key === SCENARIO || key === COHORT;
const mostOf = (key: string) => (isName(key) ? MOST_NAMES : MOST_VALUES);
const OTHER = "(other)";
const MOST_REMEMBERED = 20_000;

/** Values of each dimension of a feature. */
type Values = Map<string, Set<string>>;
/** What was read from the table, by environment and feature. It only ever grows there, so it may be remembered. */
export type DimensionMemory = Map<string, Values>;

const valuesOf = (values: Values, key: string): Set<string> => {
  const found = values.get(key) ?? new Set();
  values.set(key, found);
  return found;
};

/** Which values of dimensions, scenarios and cohorts are counted by themselves, for one batch. */
export class DimensionValues {
  readonly #memory: DimensionMemory;
  readonly #environmentId: string;
  readonly #stored = new Map<string, Values>();
  readonly #fresh = new Map<string, Values>();

  constructor(memory: DimensionMemory, environmentId: string) {
    this.#memory = memory;
    this.#environmentId = environmentId;
  }

  /** Whether all values of something are remembered, or there are too many of them already to remember another: then nobody needs to be asked. */
  remember(about: About): boolean {
    const { feature } = about;
    const stored = this.#memory.get(`${this.#environmentId}\n${feature}`) ?? new Map<string, Set<string>>();
    this.#stored.set(feature, stored);
    const known = (key: string, value: string) => {
      const values = stored.get(key);
      return values !== undefined && (values.has(value) || values.size >= mostOf(key));
    };
    return (
      about.scenarios.every((scenario) => known(SCENARIO, scenario)) &&
      about.cohorts.every((cohort) => known(COHORT, cohort)) &&
      Object.entries(about.dimensions).every(([key, value]) => known(key, String(value)))
    );
  }

  /** Reads the values of the batch's features where it brings one that is not remembered: another process may have seen it first. */
  async learn(client: ClientBase, abouts: readonly About[]): Promise<void> {
    if (this.#memory.size > MOST_REMEMBERED) this.#memory.clear();
    const unknown = new Set(abouts.filter((about) => !this.remember(about)).map(({ feature }) => feature));
    if (unknown.size === 0) return;
    const { rows } = await client.query<{ feature: string; key: string; value: string }>({
      name: "dimension-values",
      text: "select feature, key, value from telemetry.dimension_value where environment_id = $1 and feature = any($2::text[])",
      values: [this.#environmentId, [...unknown]],
    });
    for (const feature of unknown) this.#stored.set(feature, new Map());
    for (const { feature, key, value } of rows) valuesOf(this.#stored.get(feature) ?? new Map(), key).add(value);
    for (const feature of unknown) {
      this.#memory.set(`${this.#environmentId}\n${feature}`, this.#stored.get(feature) ?? new Map());
    }
  }

  /** What a value is counted as: itself, '(other)', or null where the feature has too many dimensions. */
  bucketOf(feature: string, key: string, value: string): string | null {
    const stored = this.#stored.get(feature)?.get(key);
    const fresh = this.#fresh.get(feature)?.get(key);
    if (stored?.has(value) || fresh?.has(value)) return value;
    if (!stored && !fresh && !isName(key)) {
      const keys = new Set([this.#stored, this.#fresh].flatMap((known) => [...(known.get(feature)?.keys() ?? [])]));
      if ([...keys].filter((each) => !isName(each)).length >= MOST_KEYS) return null;
    }
    if ((stored?.size ?? 0) + (fresh?.size ?? 0) >= mostOf(key) || value === OTHER) return OTHER;
    const values = this.#fresh.get(feature) ?? new Map<string, Set<string>>();
    this.#fresh.set(feature, values);
    valuesOf(values, key).add(value);
    return value;
  }

  /** Stores what was seen for the first time. */
  async store(client: ClientBase): Promise<void> {
    const rows = [...this.#fresh].flatMap(([feature, keys]) =>
      [...keys].flatMap(([key, values]) => [...values].map((value) => [feature, key, value] as const)),
    );
    if (rows.length === 0) return;
    await client.query({
      name: "store-dimension-values",
      text: `insert into telemetry.dimension_value (environment_id, feature, key, value)
        select $1::uuid, * from unnest($2::text[], $3::text[], $4::text[]) on conflict do nothing`,
      values: [this.#environmentId, ...[0, 1, 2].map((index) => rows.map((row) => row[index]))],
    });
  }
}
