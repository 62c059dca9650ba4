import { apiRoute } from "#lib/http/api-route.ts";
import { rulesetAnswer } from "#lib/http/ruleset-answer.ts";

export const dynamic = "force-dynamic";

/** The whole ruleset, or 304. */
export const GET = apiRoute({ name: "ruleset", action: "ruleset.read", limit: "rules" }, ({ ctx, request }) =>
  rulesetAnswer(ctx, request),
);
