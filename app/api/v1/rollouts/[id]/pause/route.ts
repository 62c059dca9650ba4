import { apiRoute } from "#lib/http/api-route.ts";
import { pauseByKey } from "#lib/http/controls-answer.ts";

/** Nobody new gets the candidate. */
export const POST = apiRoute({ name: "rollout-pause", action: "rollout.pause", limit: "never" }, ({ ctx, params }) =>
  pauseByKey(ctx, params.id ?? ""),
);
