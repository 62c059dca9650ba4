import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { listedIds } from "#lib/auth/listed-ids.ts";
import { controlEffects } from "#lib/services/metrics/queries.ts";

const MOST = 100;

const asked = z.object({ environment: z.string().min(1), controls: listedIds(MOST) });

/** What controls did, per hour. */
export const GET = consoleQuery(asked, async (ctx, { controls }) => ({ effects: await controlEffects(ctx, controls) }));
