import { recoverCopy } from "#lib/services/rulesets/commands/start-epoch.ts";
import { inEachEnvironment, type Job } from "../job.ts";

/** Starts new epochs in a database that was restored, before anybody has to click, and the first rules where none were published. */
export const watchRestoreJob: Job = {
  name: "watch-restore",
  everyMs: 5_000,
  run: (tools) => inEachEnvironment(tools, recoverCopy),
};
