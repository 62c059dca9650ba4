import { consoleQuery } from "#lib/auth/console-route.ts";
import { metricsView } from "#lib/services/metrics/queries.ts";
import { metricsQuery } from "#lib/services/metrics/schema.ts";

/** The metric page of a feature; asked every few seconds while it is looked at. */
export const GET = consoleQuery(metricsQuery, metricsView);
