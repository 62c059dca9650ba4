import { apiRoute } from "#lib/http/api-route.ts";
import { blobAnswer } from "#lib/http/ruleset-answer.ts";

export const dynamic = "force-dynamic";

/** Immutable content that the ruleset names: prompts and parameters of releases, membership filters. */
export const GET = apiRoute({ name: "blob", action: "blob.read", limit: "rules" }, ({ ctx, request, params }) =>
  blobAnswer(ctx, request, params.sha256 ?? ""),
);
