import { settleSignals } from "#lib/telemetry/store.ts";
import type { Job } from "../job.ts";

/** Gives signals that came before their decision what they belong to. */
export const settleSignalsJob: Job = {
  name: "settle-signals",
  everyMs: 5_000,
  run: async ({ now }) => {
    await settleSignals(now);
  },
};
