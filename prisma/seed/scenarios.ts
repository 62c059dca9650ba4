import { calmDay } from "./calm-day.ts";
import { empty } from "./empty.ts";
import { billingIncident } from "./history/stories/billing-incident.ts";
import { calmMonth } from "./history/stories/calm-month.ts";
import { everyStory } from "./history/stories/every-story.ts";
import { hiddenHarm } from "./history/stories/hidden-harm.ts";
import { lowTraffic } from "./history/stories/low-traffic.ts";
import type { SeedContext } from "./seed-context.ts";
import { withHistory } from "./with-history.ts";

export type { SeedContext };

/** What `npm run seed <scenario>` knows, by name. Each may be run again: it changes nothing that is there. */
export const seedScenarios: Record<string, (ctx: SeedContext) => Promise<void>> = {
  "calm-day": calmDay,
  empty,
  "calm-month": withHistory(calmMonth),
  "hidden-harm": withHistory(hiddenHarm),
  "billing-incident": withHistory(billingIncident),
  "low-traffic": withHistory(lowTraffic),
  "every-story": withHistory(everyStory),
};
