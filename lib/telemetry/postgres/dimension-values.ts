import type { ClientBase } from "pg";
import { OTHER_VALUES } from "#lib/core/metrics/other-values.ts";
import { type About, COHORT, SCENARIO } from "../rollup/about.ts";

/** Values of a dimension that are told apart, and dimensions of a feature. */
const MOST_VALUES = 50;
const MOST_KEYS = 20;
/** Scenarios and cohorts have names, so there are more of them; but a host may send a ticket's number as one. Those that people declared are told apart however many there are. */
const MOST_NAMES = 200;
/** Where there are too many names already it is asked no more often (milliseconds) whether one of the others was declared since. */
const ASKED_AGAIN_MS = 10_000;
const isName = (key: string) => key === SCENARIO || key === COHORT;
const mostOf = (key: string) => (isName(key) ? MOST_NAMES : MOST_VALUES);
const MOST_REMEMBERED = 20_000;

/** Values of each dimension of a feature. */
type Values = Map<string, Set<string>>;
/** What is counted by itself already, and names that people declared but nobody sent yet; `askedAt` by `performance.now()`. */
type Known = { stored: Values; declared: Values; askedAt: number };
/** What was read, by environment and feature. What is counted by itself stays so, so it may be remembered. */
export type DimensionMemory = Map<string, Known>;

const nothing = (): Known => ({ stored: new Map(), declared: new Map(), askedAt: -Infinity });

const valuesOf = (values: Values, key: string): Set<string> => {
  const found = values.get(key) ?? new Set();
  values.set(key, found);
  return found;
};

/** Which values of dimensions, scenarios and cohorts are counted by themselves, for one batch. */
export class DimensionValues {
  readonly #memory: DimensionMemory;
  readonly #environmentId: string;
  readonly #known = new Map<string, Known>();
  readonly #fresh = new Map<string, Values>();

  constructor(memory: DimensionMemory, environmentId: string) {
    this.#memory = memory;
    this.#environmentId = environmentId;
  }

  /** Whether all values of something are remembered, or there are too many of them already to remember another: then nobody needs to be asked. */
  remember(about: About): boolean {
    const { feature } = about;
    const before = this.#memory.get(`${this.#environmentId}\n${feature}`) ?? nothing();
    this.#known.set(feature, before);
    const { stored, declared, askedAt } = before;
    const recent = performance.now() - askedAt < ASKED_AGAIN_MS;
    const known = (key: string, value: string) => {
      const values = stored.get(key);
      if (values?.has(value)) return true;
      if ((values?.size ?? 0) < mostOf(key)) return false;
      return !isName(key) || (recent && !declared.get(key)?.has(value));
    };
    return (
      about.scenarios.every((scenario) => known(SCENARIO, scenario)) &&
      about.cohorts.every((cohort) => known(COHORT, cohort)) &&
      Object.entries(about.dimensions).every(([key, value]) => known(key, String(value)))
    );
  }

  /**
   * Reads the values of the batch's features, and what people declared of them, where it brings one that is not remembered: another process may have seen it
   * first.
   */
  async learn(client: ClientBase, abouts: readonly About[]): Promise<void> {
    if (this.#memory.size > MOST_REMEMBERED) this.#memory.clear();
    const unknown = new Set(abouts.filter((about) => !this.remember(about)).map(({ feature }) => feature));
    if (unknown.size === 0) return;
    const { rows } = await client.query<{ feature: string; key: string; value: string; stored: boolean }>({
      name: "dimension-values",
      text: `select feature, key, value, true as stored from telemetry.dimension_value where environment_id = $1 and feature = any($2::text[])
        union all select f.key, '${SCENARIO}', s.key, false from public."Scenario" s join public."Feature" f on f.id = s."featureId"
          where f.key = any($2::text[]) and s."archivedAt" is null
        union all select f.feature, '${COHORT}', c.key, false from public."Cohort" c cross join unnest($2::text[]) f(feature)
          where c."environmentId" = $1 and c."archivedAt" is null`,
      values: [this.#environmentId, [...unknown]],
    });
    const askedAt = performance.now();
    for (const feature of unknown) this.#known.set(feature, { ...nothing(), askedAt });
    for (const { feature, key, value, stored } of rows) {
      const known = this.#known.get(feature) ?? nothing();
      valuesOf(stored ? known.stored : known.declared, key).add(value);
    }
    for (const feature of unknown) {
      this.#memory.set(`${this.#environmentId}\n${feature}`, this.#known.get(feature) ?? nothing());
    }
  }

  /** What a value is counted as: itself, '(other)', or null where the feature has too many dimensions. */
  bucketOf(feature: string, key: string, value: string): string | null {
    const known = this.#known.get(feature);
    const stored = known?.stored.get(key);
    const fresh = this.#fresh.get(feature)?.get(key);
    if (stored?.has(value) || fresh?.has(value)) return value;
    if (!stored && !fresh && !isName(key)) {
      const keys = new Set([known?.stored, this.#fresh.get(feature)].flatMap((values) => [...(values?.keys() ?? [])]));
      if ([...keys].filter((each) => !isName(each)).length >= MOST_KEYS) return null;
    }
    const declared = known?.declared.get(key)?.has(value) ?? false;
    if (value === OTHER_VALUES || (!declared && (stored?.size ?? 0) + (fresh?.size ?? 0) >= mostOf(key)))
      return OTHER_VALUES;
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
