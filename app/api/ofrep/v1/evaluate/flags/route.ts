import { apiRoute } from "#lib/http/api-route.ts";
import { preflight } from "#lib/http/cors.ts";
import { bulkAnswer } from "#lib/http/ofrep/answer.ts";
import { ofrepError } from "#lib/http/ofrep/protocol.ts";

/** OFREP: all flags for one context. */
export const POST = apiRoute(
  { name: "ofrep-bulk", action: "ofrep.evaluate", limit: "evaluation", cors: true, onError: ofrepError },
  ({ ctx, request }) => bulkAnswer(ctx, request),
);
export const OPTIONS = preflight;
