import { metrics } from "#lib/http/metrics.ts";

export const dynamic = "force-dynamic";

/** Figures of this process for Prometheus. */
export async function GET(): Promise<Response> {
  const { registry } = metrics();
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}
