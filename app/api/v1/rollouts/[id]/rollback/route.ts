import { apiRoute } from "#lib/http/api-route.ts";
import { rollBackByKey } from "#lib/http/controls-answer.ts";

/** Everyone gets the current release again. */
export const POST = apiRoute(
  { name: "rollout-rollback", action: "rollout.rollback", limit: "never" },
  ({ ctx, params }) => rollBackByKey(ctx, params.id ?? ""),
);
