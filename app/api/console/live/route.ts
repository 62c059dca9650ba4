import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { listedIds } from "#lib/auth/listed-ids.ts";
import { liveView } from "#lib/services/features/queries.ts";

const MOST_PROOFS = 50;

const asked = z.object({ environment: z.string().min(1), controls: listedIds(MOST_PROOFS) });

/** Everything on a screen that changes by itself; asked every second by each browser that is looked at. */
export const GET = consoleQuery(asked, (ctx, { controls }) => liveView(ctx, controls));
