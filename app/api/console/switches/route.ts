import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { listSwitches } from "#lib/services/controls/queries.ts";

const asked = z.object({ environment: z.string().min(1), feature: z.string().min(1).optional() });

/** What can be switched, for one feature or everywhere, most targeted first. */
export const GET = consoleQuery(asked, async (ctx, { feature }) => ({
  switches: await listSwitches(ctx, feature ?? null),
}));
