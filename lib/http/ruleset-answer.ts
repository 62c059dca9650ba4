import { AppError } from "#lib/errors.ts";
import { readBlob } from "#lib/services/blobs/queries.ts";
import type { KeyContext } from "./authenticate.ts";
import { matchesEtag, strongEtag } from "./etag.ts";
import { getHub } from "./hub/get-hub.ts";
import { closeJson } from "./hub/messages.ts";

/** The whole ruleset, as the database has it now, or `304` to whoever names it in `If-None-Match`. */
export async function rulesetAnswer(ctx: KeyContext, request: Request): Promise<Response> {
  const whole = (await getHub().fresh(ctx.environment.id)).whole;
  if (!whole) throw new AppError("not-found", "Nothing was published in this environment yet.");
  const etag = strongEtag(whole.id);
  const headers = { etag, "cache-control": "private, no-cache", vary: "Authorization" };
  if (matchesEtag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(closeJson(whole, Date.now())), {
    headers: { ...headers, "content-type": "application/json" },
  });
}

/**
 * A blob by its SHA-256: it never changes, so it may be kept for ever. Only blobs that this environment's rules refer to are given out, so that a key
 * of Staging cannot fetch a prompt of Production.
 * @throws AppError `not-found`
 */
export async function blobAnswer(ctx: KeyContext, request: Request, sha256: string): Promise<Response> {
  const unknown = new AppError("not-found", "There is no such content in the rules of this environment.");
  if (!/^[0-9a-f]{64}$/.test(sha256) || !(await getHub().fresh(ctx.environment.id)).refersTo(sha256)) throw unknown;
  const etag = strongEtag(sha256);
  const headers = { etag, "cache-control": "private, max-age=31536000, immutable" };
  if (matchesEtag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const blob = await readBlob(ctx.db, sha256);
  if (!blob) throw unknown;
  return new Response(new Uint8Array(blob.bytes), { headers: { ...headers, "content-type": blob.mediaType } });
}
