import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { reasonsIOwe } from "#lib/services/controls/queries.ts";

const asked = z.object({ environment: z.string().min(1) });

/** The restrictions for which the person still owes a reason. */
export const GET = consoleQuery(asked, async (ctx) => ({ owed: await reasonsIOwe(ctx) }));
