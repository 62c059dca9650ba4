import { organisationRow } from "#lib/services/organisation/queries.ts";
import { telemetryUpkeep } from "#lib/telemetry/store.ts";
import type { Job } from "../job.ts";

/** Makes room for the events of the days ahead and drops the days that are past keeping, as the organisation has set it. */
export const keepTelemetryJob: Job = {
  name: "keep-telemetry",
  cron: "17 * * * *",
  run: async ({ db, now }) => telemetryUpkeep(now, (await organisationRow(db)).keepRawDays),
};
