import type { Pool } from "pg";

/** How long a zone that was read is kept. It is fixed once events are counted by it, so it changes at most during set-up. */
const KEPT_MS = 10_000;

const known = new WeakMap<Pool, { zone: string; until: number }>();

/** Reads the organisation's zone (IANA name), in which its days begin; UTC while there is no organisation. */
export function organisationZone(pool: Pool): () => Promise<string> {
  return async () => {
    const kept = known.get(pool);
    if (kept && performance.now() < kept.until) return kept.zone;
    const { rows } = await pool.query<{ zone: string }>(`select zone from public."Organisation" limit 1`);
    const zone = rows[0]?.zone ?? "UTC";
    known.set(pool, { zone, until: performance.now() + KEPT_MS });
    return zone;
  };
}
