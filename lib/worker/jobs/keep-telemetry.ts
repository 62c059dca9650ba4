import { telemetryUpkeep } from "#lib/telemetry/store.ts";
import type { Job } from "../job.ts";

/** Makes room for the events of the days ahead and drops the days that are past keeping. */
export const keepTelemetryJob: Job = {
  name: "keep-telemetry",
  cron: "17 * * * *",
  run: ({ now }) => telemetryUpkeep(now),
};
