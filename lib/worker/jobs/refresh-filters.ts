import { refreshFilters } from "#lib/services/exposures/commands.ts";
import { inEachEnvironment, type Job } from "../job.ts";

/** Keeps the lists of who has had what fresh, so that the click that holds exposure only flips a bit. */
export const refreshFiltersJob: Job = {
  name: "refresh-filters",
  everyMs: 60_000,
  run: (tools) => inEachEnvironment(tools, refreshFilters),
};
