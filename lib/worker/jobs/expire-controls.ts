import { expireControls } from "#lib/services/controls/commands/expire.ts";
import { inEachEnvironment, type Job } from "../job.ts";

/** Takes controls whose chosen time has passed out of the rules. */
export const expireControlsJob: Job = {
  name: "expire-controls",
  everyMs: 1_000,
  run: (tools) => inEachEnvironment(tools, expireControls),
};
