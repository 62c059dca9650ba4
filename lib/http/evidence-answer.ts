import type { Context } from "#lib/context.ts";
import { log } from "#lib/log.ts";
import { exportEvidence } from "#lib/services/evidence/commands.ts";
import { sizeHeaders } from "#lib/services/evidence/present.ts";
import { evidenceSize } from "#lib/services/evidence/queries.ts";
import type { EvidenceInput, EvidenceSize, EvidenceSpan } from "#lib/services/evidence/schema.ts";
import { inPlace, takePlace } from "./evidence-places.ts";
import { pulledStream } from "./pulled-stream.ts";

const IDLE_MS = 120_000;

/**
 * Who was affected, as a file that is read from the store while it is sent.
 * @throws AppError what `exportEvidence` throws, and `limit-exceeded` while others are being read.
 */
export async function evidenceAnswer(
  ctx: Context,
  input: EvidenceInput,
  caller: { signal: AbortSignal; again: () => Promise<Context> },
): Promise<Response> {
  const makeRoom = takePlace();
  const { requestId } = ctx;
  const gone = new AbortController();
  caller.signal.addEventListener("abort", () => gone.abort(caller.signal.reason), { once: true });
  try {
    const made = await exportEvidence(ctx, input, { signal: gone.signal, again: caller.again });
    const ended = (because?: unknown) => {
      makeRoom();
      if (because === undefined) return;
      log.warn({ error: because, requestId }, "an export was broken off");
      made
        .brokenOff(new Date())
        .catch((error) => log.error({ error, requestId }, "that it was broken off was not written down"));
    };
    const body = pulledStream(made.pages, { gone, idleMs: IDLE_MS, ended });
    return new Response(body, {
      headers: {
        "content-type": made.mediaType,
        "content-disposition": `attachment; filename="${made.name}"`,
        "cache-control": "no-store",
        ...sizeHeaders(made),
      },
    });
  } catch (error) {
    makeRoom();
    throw error;
  }
}

/**
 * How much such a file would hold. Counted no longer than somebody waits for it: with each change in the dialog the browser leaves the last question.
 * @throws AppError what `evidenceSize` throws, and `limit-exceeded` while others are counted or exported.
 */
export function evidenceSizeAnswer(
  ctx: Context,
  input: EvidenceSpan,
  { signal }: { signal: AbortSignal },
): Promise<EvidenceSize> {
  return inPlace(signal, () => evidenceSize(ctx, input, signal));
}
