import { apiRoute } from "#lib/http/api-route.ts";
import { preflight } from "#lib/http/cors.ts";
import { flagAnswer } from "#lib/http/ofrep/answer.ts";
import { ofrepError } from "#lib/http/ofrep/protocol.ts";

/** OFREP: one flag. A flag is a feature, or one field of its decision. */
export const POST = apiRoute(
  { name: "ofrep-flag", action: "ofrep.evaluate", limit: "evaluation", cors: true, onError: ofrepError },
  ({ ctx, request, params }) => flagAnswer(ctx, request, params.key ?? ""),
);
export const OPTIONS = preflight;
