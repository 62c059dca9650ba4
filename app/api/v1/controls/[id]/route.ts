import { apiRoute } from "#lib/http/api-route.ts";
import { liftByKey, liftQuery } from "#lib/http/controls-answer.ts";

/** Lifts a control of this key. */
export const DELETE = apiRoute(
  { name: "controls-lift", action: "control.lift", limit: "other", query: liftQuery },
  ({ ctx, params, query }) => liftByKey(ctx, params.id, query.reason),
);
