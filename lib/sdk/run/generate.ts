import type { Generated, StreamEnd } from "../types.ts";
import { type Attempt, type AttemptEnd, generatedOf } from "./attempt.ts";

/** Where a streamed generation goes while it is made. */
export type Sink<D> = {
  /** A piece of the output under way. */
  delta(delta: D): void;
  /** All pieces so far do not hold. */
  retract(because: string): void;
  /** From now on pieces are kept back, because the whole has to be checked first; those shown already are retracted. */
  holdBack(because: string): void;
  /** Resolves once the host has read all pieces so far, or none of them holds any more. */
  read(): Promise<void>;
};

/** Runs the host's generation under an attempt's limits. Never rejects, whatever the host's code does. */
export async function generate<D, T>(
  attempt: Attempt,
  call: () => unknown,
  sink: Sink<D> | null,
): Promise<AttemptEnd<T>> {
  try {
    const given = await attempt.until((async () => call())());
    const generated = isAsyncIterable<D, T>(given) ? await collect(attempt, given, sink) : generatedOf<T>(given);
    return generated ? { ok: true, generated } : { ok: false, code: "error:NoOutput" };
  } catch (thrown) {
    const code = attempt.codeOf(thrown);
    // Whatever the host's code is still doing for this attempt, nobody waits for it any more.
    attempt.abort(code, "the attempt has failed");
    return { ok: false, code };
  } finally {
    attempt.close();
  }
}

async function collect<D, T>(
  attempt: Attempt,
  given: AsyncIterable<D, StreamEnd<T> | undefined>,
  sink: Sink<D> | null,
): Promise<Generated<T> | null> {
  const iterator = given[Symbol.asyncIterator]();
  const pieces: D[] = [];
  try {
    for (;;) {
      const next = await attempt.until(Promise.resolve(iterator.next()));
      if (next.done) return whole<D, T>(pieces, next.value);
      pieces.push(next.value);
      sink?.delta(next.value);
    }
  } catch (thrown) {
    abandon(iterator);
    throw thrown;
  }
}

/** Tells a generator that nobody listens any more; it may take its time. */
function abandon(iterator: AsyncIterator<unknown, unknown>): void {
  (async () => iterator.return?.())().catch(() => undefined);
}

/** The generator's own end, with the joined pieces as its output when it names none. */
function whole<D, T>(pieces: D[], end: StreamEnd<T> | undefined): Generated<T> | null {
  const fields = typeof end === "object" && end !== null ? end : {};
  const output: unknown = "output" in fields && fields.output !== undefined ? fields.output : joined(pieces);
  return generatedOf<T>({ ...fields, output });
}

function joined(pieces: unknown[]): string | undefined {
  return pieces.every((piece) => typeof piece === "string") ? pieces.join("") : undefined;
}

function isAsyncIterable<D, T>(given: unknown): given is AsyncIterable<D, StreamEnd<T> | undefined> {
  return typeof given === "object" && given !== null && Symbol.asyncIterator in given;
}
