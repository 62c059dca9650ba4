import { apiRoute } from "#lib/http/api-route.ts";
import { authenticate } from "#lib/http/authenticate.ts";
import { evidenceAnswer } from "#lib/http/evidence-answer.ts";
import { evidenceQuery } from "#lib/services/evidence/schema.ts";

const action = "telemetry.export";

/** Who was affected by a feature between two times, for the product's own systems. */
export const GET = apiRoute(
  { name: "evidence", action, limit: "other", query: evidenceQuery },
  ({ ctx, query, request }) =>
    evidenceAnswer(
      ctx,
      { ...query, environment: ctx.environment.key },
      { signal: request.signal, again: () => authenticate(ctx.db, request.headers, ctx.requestId, action) },
    ),
);
