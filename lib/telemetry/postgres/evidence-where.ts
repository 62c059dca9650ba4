import { HARMFUL_SIGNALS } from "#lib/core/events/harm.ts";

/** A signal's clock may be so far behind its decision's (what `check-event.ts` takes). */
export const CLOCKS_APART = "interval '8 days'";

/** The pseudonym as hosts know it: 32 hex digits. */
export const PSEUDONYM = (column: string) => `replace(${column}::text, '-', '')`;

/** Decisions of a feature ("*": of any, "": of none that is known) whose `at` is in [$3, $4). */
export const OF_FEATURE = `environment_id = $1 and ($2::text = '*' or coalesce(feature, '') = $2) and at >= $3 and at < $4`;
/** Nearly all: their id was made within an hour of `at`, so it says where to look. The others have an index of their own (`decision_stray`). */
export const NEAR = `at - uuid_extract_timestamp(id) between interval '-1 hour' and interval '1 hour'`;
export const STRAY = `at - uuid_extract_timestamp(id) not between interval '-1 hour' and interval '1 hour'`;
export const MADE_WITHIN = (from: string, to: string, id = "id") =>
  `${id} >= telemetry.id_floor(${from}::timestamptz) and ${id} < telemetry.id_floor(${to}::timestamptz)`;

/** Signals that say that their decision hurt somebody: the rule of `harm.ts`, for the database. */
export const HARMFUL = `environment_id = $1 and (${HARMFUL_SIGNALS.map(({ kind, label }) =>
  label === null ? `kind = '${kind}'` : `kind = '${kind}' and label = '${label}'`,
).join(" or ")})`;

/** Those of them that can be about a decision made since `from`. */
export const HARMFUL_SINCE = (from: string) =>
  `${HARMFUL} and id >= telemetry.id_floor(${from}::timestamptz - ${CLOCKS_APART})`;
