import { consoleQuery } from "#lib/auth/console-route.ts";
import { countedView } from "#lib/services/metrics/queries.ts";
import { countedQuery } from "#lib/services/metrics/schema.ts";

/** How one figure of the metric page is counted. */
export const GET = consoleQuery(countedQuery, countedView);
