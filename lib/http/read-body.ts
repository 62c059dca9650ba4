import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "#lib/errors.ts";

const unzip = promisify(gunzip);

/** What a body may weigh at most, on the wire and unpacked: a gzip bomb stops at this size, not at what it would become. */
export const DEFAULT_BODY_BYTES = 64 * 1024;

/**
 * Reads a request's body up to `maxBytes`, unpacking gzip.
 * @throws AppError `payload-too-large` as soon as the limit is passed; `invalid-input` for another encoding or broken gzip.
 */
export async function readBody(request: Request, maxBytes = DEFAULT_BODY_BYTES): Promise<Buffer> {
  const tooLarge = () =>
    new AppError(
      "payload-too-large",
      `A body may have at most ${Math.floor(maxBytes / 1024)} KiB, also after unpacking.`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  }
  const packed = Buffer.concat(chunks);
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return packed;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw new AppError("invalid-input", "This content encoding is not known here. Send plain or gzip.");
  }
  try {
    return await unzip(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw new AppError("invalid-input", "The body says it is gzip but cannot be unpacked.", {}, { cause });
  }
}

/** Reads a body as JSON. @throws AppError as `readBody`, and `invalid-input` when it is not JSON. */
export async function readJson(request: Request, maxBytes = DEFAULT_BODY_BYTES): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AppError("invalid-input", "The body is not JSON.");
  }
}
