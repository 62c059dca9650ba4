import type { Pool } from "pg";
import type { EvidenceRow } from "../evidence-source.ts";
import type { Span } from "../figure-source.ts";
import { CLOCKS_APART, HARMFUL_SINCE, MADE_WITHIN, NEAR, OF_FEATURE, PSEUDONYM, STRAY } from "./evidence-where.ts";

export const PAGE = 1000;
/** Ids that are looked for at a time: each look reads all signals of what is left of its day. */
export const HARMED_AT_ONCE = 20_000;

export type DecisionRow = Omit<EvidenceRow, "decision" | "at" | "signals" | "ruleset"> & {
  decision: string;
  at: Date;
  epoch: string | null;
  version: string | null;
};

type SignalRow = Omit<EvidenceRow["signals"][number], "at"> & { decision: string; at: Date };

/** Whose decisions, and of which time. */
export type Of = { environmentId: string; feature: string; span: Span };

const COLUMNS = `id as decision, at, coalesce(feature, '') as feature, scenarios, cohorts, ${PSEUDONYM("user_hash")} as user, ${PSEUDONYM("session_hash")} as session,
  task, release, arm, served, provider, model, mode, ruleset_epoch as epoch, ruleset_version as version, controls,
  latency_ms as "latencyMs", error, safety_filtered as "safetyFiltered", confidence, instance`;

const whose = ({ environmentId, feature, span }: Of) => [
  environmentId,
  feature,
  new Date(span.from),
  new Date(span.to),
];

/** The next decisions whose ids were made in [`made.from`, `made.to`); null: those whose ids tell nothing of their time. */
export async function readDecisions(pool: Pool, of: Of, made: Span | null, after: string): Promise<DecisionRow[]> {
  const { rows } = await pool.query<DecisionRow>({
    name: made ? "evidence-near" : "evidence-stray",
    text: `select ${COLUMNS} from telemetry.decision
      where ${OF_FEATURE} and id > $5 and ${made ? `${NEAR} and ${MADE_WITHIN("$6", "$7")}` : STRAY} order by id limit ${PAGE}`,
    values: [...whose(of), after, ...(made ? [new Date(made.from), new Date(made.to)] : [])],
  });
  return rows;
}

/** The next ids, in order, of decisions (of any feature) made in `made` that hurt. */
export async function readHarmed(pool: Pool, { environmentId }: Of, made: Span, after: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: "evidence-harmed",
    text: `select distinct decision_id as id from telemetry.signal
      where ${HARMFUL_SINCE("$3")} and ${MADE_WITHIN("$3", "$4", "decision_id")} and decision_id > $2 order by decision_id limit ${HARMED_AT_ONCE}`,
    values: [environmentId, after, new Date(made.from), new Date(made.to)],
  });
  return rows.map(({ id }) => id);
}

/** Of these ids (in order) the decisions that are meant, whose ids say when they were made. */
export async function readNamed(pool: Pool, of: Of, ids: readonly string[]): Promise<DecisionRow[]> {
  const { rows } = await pool.query<DecisionRow>({
    name: "evidence-named",
    text: `select ${COLUMNS} from telemetry.decision
      where ${OF_FEATURE} and ${NEAR} and id >= $5 and id <= $6 and id in (select unnest($7::uuid[])) order by id`,
    values: [...whose(of), ids[0], ids.at(-1), ids],
  });
  return rows;
}

/**
 * The signals of one page, by decision, oldest first. They are found by the range
 * of the page's ids: planning for a thousand ids in each of sixty partitions takes longer than reading what lies between.
 */
async function readSignals(
  pool: Pool,
  environmentId: string,
  page: readonly DecisionRow[],
): Promise<Map<string, EvidenceRow["signals"]>> {
  const ids = page.map(({ decision }) => decision);
  const { rows } = await pool.query<SignalRow>({
    name: "evidence-signals",
    text: `select decision_id as decision, at, kind, value, changed, label, actor from telemetry.signal
      where environment_id = $1 and decision_id >= $2 and decision_id <= $3 and decision_id in (select unnest($4::uuid[]))
        and id >= telemetry.id_floor(uuid_extract_timestamp($2::uuid) - ${CLOCKS_APART}) order by at, id`,
    values: [environmentId, ids[0], ids.at(-1), ids],
  });
  const byDecision = new Map<string, EvidenceRow["signals"]>();
  for (const { decision, at, ...about } of rows) {
    const signals = byDecision.get(decision) ?? [];
    signals.push({ at: at.toISOString(), ...about });
    byDecision.set(decision, signals);
  }
  return byDecision;
}

/** Decisions (not none, by id) with what became of them. */
export async function withSignals(
  pool: Pool,
  environmentId: string,
  page: readonly DecisionRow[],
): Promise<EvidenceRow[]> {
  const signals = await readSignals(pool, environmentId, page);
  return page.map(({ at, epoch, version, ...about }) => ({
    ...about,
    at: at.toISOString(),
    ruleset: epoch === null || version === null ? null : { epoch, version: Number(version) },
    signals: signals.get(about.decision) ?? [],
  }));
}
