import { apiRoute } from "#lib/http/api-route.ts";
import { openStream } from "#lib/http/hub/open-stream.ts";

export const dynamic = "force-dynamic";

/** Server-sent events: rulesets (whole or patch) and heartbeats. */
export const GET = apiRoute({ name: "stream", action: "stream.open", limit: "stream" }, ({ ctx, request }) =>
  openStream(ctx, request),
);
