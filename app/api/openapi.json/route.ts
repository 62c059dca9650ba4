import { openApiDocument } from "#lib/http/openapi/document.ts";

/** What this API takes and answers, for machines. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
