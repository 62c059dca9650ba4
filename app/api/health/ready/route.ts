import { readiness } from "#lib/http/readiness.ts";

export const dynamic = "force-dynamic";

/** The database answers and the hub reads it. */
export async function GET(): Promise<Response> {
  const { ready, checks } = await readiness();
  return Response.json(
    { status: ready ? "ready" : "not ready", checks },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store", ...(ready ? {} : { "retry-after": "2" }) } },
  );
}
