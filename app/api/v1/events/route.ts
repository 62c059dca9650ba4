import { apiRoute } from "#lib/http/api-route.ts";
import { eventsAnswer } from "#lib/http/events-answer.ts";

/** Telemetry of hosts: decisions, signals and samples. */
export const POST = apiRoute({ name: "events", action: "events.write", limit: "events" }, ({ ctx, request }) =>
  eventsAnswer(ctx, request),
);
