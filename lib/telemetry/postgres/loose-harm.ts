import type { Pool } from "pg";
import type { LooseHarm } from "../evidence-source.ts";
import type { Span } from "../figure-source.ts";
import { HARMFUL } from "./evidence-where.ts";

/** Found by an index of their own (`signal_loose`). One that names a decision but no feature may be of any feature. */
export async function countLooseHarm(
  pool: Pool,
  environmentId: string,
  feature: string,
  span: Span,
): Promise<LooseHarm> {
  const { rows } = await pool.query<{ here: string; anywhere: string }>({
    name: "loose-harm",
    text: `select count(*) filter (where $2::text = '*' or feature = $2 or ($2 = '' and feature is null and decision_id is null)) as here,
        count(*) filter (where $2 <> '*' and feature is null and decision_id is not null) as anywhere
      from telemetry.signal where ${HARMFUL} and attribution <> 'decision' and at >= $3 and at < $4`,
    values: [environmentId, feature, new Date(span.from), new Date(span.to)],
  });
  return { here: Number(rows[0]?.here ?? 0), anywhere: Number(rows[0]?.anywhere ?? 0) };
}
