import { getDb } from "#lib/db/client.ts";
import { within } from "#lib/db/within.ts";
import { newestVersions } from "#lib/services/rulesets/queries.ts";
import { getHub } from "./hub/get-hub.ts";

/** After this long without a read of the versions the hub may be sending old rules. */
const HUB_LATE_MS = 10_000;
const DATABASE_WAIT_MS = 2000;

export type Readiness = { ready: boolean; checks: { database: boolean; hub: boolean; notifications: boolean } };

/** Whether this server should get traffic: its database answers and its hub reads it. Lost notifications alone only cost a second. */
export async function readiness(): Promise<Readiness> {
  const hub = getHub();
  const answered = await within(DATABASE_WAIT_MS, newestVersions(getDb())).then(
    () => true,
    () => false,
  );
  const { listening, readAgoMs } = hub.state;
  const checks = { database: answered, hub: readAgoMs < HUB_LATE_MS, notifications: listening };
  return { ready: checks.database && checks.hub, checks };
}
