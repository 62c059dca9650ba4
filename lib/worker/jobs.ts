import type { Job } from "./job.ts";
import { expireControlsJob } from "./jobs/expire-controls.ts";
import { keepTelemetryJob } from "./jobs/keep-telemetry.ts";
import { refreshFiltersJob } from "./jobs/refresh-filters.ts";
import { sealAuditJob } from "./jobs/seal-audit.ts";
import { settleSignalsJob } from "./jobs/settle-signals.ts";
import { watchRestoreJob } from "./jobs/watch-restore.ts";

/** Everything the worker runs; each in its own file under `jobs/`. */
export const JOBS: readonly Job[] = [
  watchRestoreJob,
  expireControlsJob,
  refreshFiltersJob,
  settleSignalsJob,
  keepTelemetryJob,
  sealAuditJob,
];
