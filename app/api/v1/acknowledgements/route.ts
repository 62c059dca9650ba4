import { acknowledgement } from "#lib/core/delivery/wire.ts";
import { acknowledge } from "#lib/http/acknowledge.ts";
import { apiRoute } from "#lib/http/api-route.ts";

/** An instance says which ruleset it follows. */
export const POST = apiRoute(
  { name: "acknowledgements", action: "instance.acknowledge", limit: "acknowledgements", body: acknowledgement },
  ({ ctx, body }) => acknowledge(ctx, body),
);
