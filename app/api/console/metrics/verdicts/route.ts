import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { featureVerdicts } from "#lib/services/metrics/queries.ts";

const asked = z.object({ environment: z.string().min(1) });

/** The browser asks beside everything else, so it can wait. */
const PATIENCE_MS = 6_000;

/** How each feature of an environment does by its figures, for the control room. */
export const GET = consoleQuery(asked, async (ctx) => ({ verdicts: await featureVerdicts(ctx, PATIENCE_MS) }));
