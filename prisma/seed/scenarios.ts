import { calmDay } from "./calm-day.ts";
import { empty } from "./empty.ts";
import type { SeedContext } from "./seed-context.ts";

export type { SeedContext };

/** What `npm run seed <scenario>` knows, by name. Each may be run again: it changes nothing that is there. */
export const seedScenarios: Record<string, (ctx: SeedContext) => Promise<void>> = {
  "calm-day": calmDay,
  empty,
};
