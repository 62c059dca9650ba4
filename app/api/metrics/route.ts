import { apiRoute } from "#lib/http/api-route.ts";
import { metrics } from "#lib/http/metrics.ts";

export const dynamic = "force-dynamic";

/** Figures of this process for Prometheus, with a key for reading as bearer token. */
export const GET = apiRoute({ name: "metrics", action: "metrics.read", limit: "other" }, async () => {
  const { registry } = metrics();
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
});
