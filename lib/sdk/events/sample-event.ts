import { cut } from "../../core/events/cut.ts";
import type { SampleEvent } from "../../core/events/event.ts";
import { isRecord } from "../ruleset/shape.ts";
import type { Finished } from "../run/engine.ts";
import { safely } from "../safely.ts";
import { after } from "../time/timers.ts";
import type { EvenkeelOptions, Sample } from "../types.ts";

const MOST_CHARS = 20_000;
/** A redactor that takes longer gives no sample. */
const REDACT_LIMIT_MS = 5_000;

/** What was asked and answered, as texts, where the decision wants a sample of it; else nothing is read and nothing made a text of. */
export function sampleOf({ decision, about, output }: Finished): Sample | null {
  if (!decision.sample || output === null) return null;
  const text = typeof output === "string" ? output : safely(() => JSON.stringify(output) ?? null, null);
  const input = safely(() => about.input, undefined);
  if (text === null) return null;
  return {
    decisionId: decision.id,
    feature: decision.feature,
    input: typeof input === "string" ? input : "",
    output: text,
  };
}

/** The sample after the host's redactor; null when it refuses, fails, takes too long, or gives back anything but two texts. `at`: epoch ms. */
export async function sampleEvent(
  sample: Sample,
  redact: NonNullable<EvenkeelOptions["redact"]>,
  id: string,
  at: number,
): Promise<SampleEvent | null> {
  const redacted: unknown = await limited((async () => redact({ ...sample }))());
  if (!isRecord(redacted) || typeof redacted.input !== "string" || typeof redacted.output !== "string") return null;
  return {
    type: "sample",
    id,
    at: new Date(at).toISOString(),
    decisionId: sample.decisionId,
    input: cut(redacted.input, MOST_CHARS),
    output: cut(redacted.output, MOST_CHARS),
  };
}

function limited(work: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = after(REDACT_LIMIT_MS, () => resolve(null));
    work.then(resolve, () => resolve(null)).finally(stop);
  });
}
