import { apiRoute } from "#lib/http/api-route.ts";
import { liftByKey, liftQuery, listControls, listQuery, placeBody, placeByKey } from "#lib/http/controls-answer.ts";

/** The controls that hold now. */
export const GET = apiRoute(
  { name: "controls", action: "control.list", limit: "other", query: listQuery },
  ({ ctx, query }) => listControls(ctx, query.feature),
);

/** A monitoring system pulls the switch. */
export const POST = apiRoute(
  { name: "controls-place", action: "control.place", limit: "never", body: placeBody },
  ({ ctx, body }) => placeByKey(ctx, body),
);

/** Lifts a control of this key, named in the query. */
export const DELETE = apiRoute(
  { name: "controls-lift", action: "control.lift", limit: "other", query: liftQuery },
  ({ ctx, query }) => liftByKey(ctx, query.id, query.reason),
);
