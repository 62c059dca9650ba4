import { EVIDENCE_HEADERS } from "#lib/services/evidence/schema.ts";

/** Where the bytes of an export go. `abort` leaves nothing behind. */
export type Sink = {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void;
  close(): Promise<void> | void;
  abort(): Promise<void> | void;
};

export type Progress = { done: number; total: number };

/** What went wrong, as a sentence for a person. */
export class ExportTrouble extends Error {
  override name = "ExportTrouble";
}

const LINE_END = 10;
const number = new Intl.NumberFormat("en-GB");

/** "4,000 of 12,400 answers" */
export function progressInWords({ done, total }: Progress): string {
  return `${number.format(Math.min(done, total))} of ${number.format(total)} answers`;
}

/** The same at each quarter only, for those who hear it. */
export function quarterInWords({ done, total }: Progress): string {
  const quarter = total === 0 ? 4 : Math.min(4, Math.floor((4 * done) / total));
  return quarter === 0 ? "Export has begun." : `${25 * quarter}% of ${number.format(total)} answers.`;
}

/** What the server said when it refused, as a sentence for a person. */
export async function refusalOf(response: Response): Promise<ExportTrouble> {
  if (response.status === 401) {
    return new ExportTrouble("You are not signed in any more. Sign in in another tab, then try again here.");
  }
  const body: unknown = await response.json().catch(() => null);
  const detail = typeof body === "object" && body !== null && "detail" in body ? body.detail : null;
  return new ExportTrouble(typeof detail === "string" ? detail : "Evenkeel could not do it just now. Try again.");
}

/**
 * Reads an export into a sink, as fast as the sink takes it, and says after each piece how far it is (one line is one decision).
 * @throws ExportTrouble when it was refused or broke off; then the sink holds nothing. Whatever aborted the request is thrown on as it is.
 */
export async function readExport(
  answer: Promise<Response>,
  sink: Sink,
  tell: (progress: Progress) => void,
): Promise<Progress> {
  let progress: Progress | null = null;
  try {
    const response = await answer;
    if (!response.ok || !response.body) throw await refusalOf(response);
    const total = Number(response.headers.get(EVIDENCE_HEADERS.decisions));
    const head = response.headers.get("content-type")?.startsWith("text/csv") ? 1 : 0;
    let lines = 0;
    progress = { done: 0, total };
    tell(progress);
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const byte of part.value) if (byte === LINE_END) lines += 1;
      await sink.write(part.value);
      progress = { done: Math.max(0, lines - head), total };
      tell(progress);
    }
    // Decisions may have come since they were counted; none can have gone.
    if (progress.done < total) throw new TypeError("cut off");
    await sink.close();
    return progress;
  } catch (error) {
    await sink.abort();
    if (error instanceof ExportTrouble || (error instanceof Error && error.name === "AbortError")) throw error;
    throw new ExportTrouble(
      progress
        ? `The connection ended after ${progressInWords(progress)}. Nothing was saved; try again.`
        : "This device could not reach Evenkeel. Try again.",
    );
  }
}
