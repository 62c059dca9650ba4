import { asError, wordsOf } from "../safely.ts";
import { after } from "../time/timers.ts";

export type Call = {
  path: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** How long to wait for the whole answer; a stream has none. */
  timeoutMs?: number;
  signal?: AbortSignal;
};

/** Speaks to the control room. Never rejects. */
export type Http = <T>(
  call: Call,
  read: (response: Response) => Promise<T>,
) => Promise<{ ok: true; value: T } | { ok: false; because: string }>;

/** `url`: the control room's address; a path in it is kept. `key` goes into every request and nowhere else. */
export function createHttp(options: { url: string; key: string; fetch: typeof globalThis.fetch }): Http {
  const base = options.url.replace(/\/+$/, "");
  return async (call, read) => {
    const controller = new AbortController();
    let because: string | null = null;
    const give = (words: string) => {
      because ??= words;
      controller.abort(new Error(words));
    };
    const giveUp = () => give("the call was given up");
    if (call.signal?.aborted) giveUp();
    call.signal?.addEventListener("abort", giveUp, { once: true });
    const stop = call.timeoutMs
      ? after(call.timeoutMs, () => give(`no answer within ${Math.round((call.timeoutMs ?? 0) / 1000)} s`))
      : () => undefined;
    try {
      const work = (async () =>
        read(
          await options.fetch(`${base}${call.path}`, {
            method: call.method ?? "GET",
            headers: { authorization: `Bearer ${options.key}`, ...call.headers },
            body: call.body,
            signal: controller.signal,
            // A key is for one address only.
            redirect: "manual",
            cache: "no-store",
          }),
        ))();
      return { ok: true, value: await Promise.race([work, rejection(controller.signal)]) };
    } catch (error) {
      return { ok: false, because: because ?? wordsOf(error) };
    } finally {
      stop();
      call.signal?.removeEventListener("abort", giveUp);
    }
  };
}

/** A `fetch` given by the host may ignore its signal; this one does not. */
function rejection(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(asError(signal.reason));
    signal.addEventListener("abort", () => reject(asError(signal.reason)), { once: true });
  });
  promise.catch(() => undefined);
  return promise;
}

/** `Retry-After` in ms (seconds or a date compared with the answer's own `Date`), at most 5 minutes; null when absent. */
export function retryAfterMs(response: Response): number | null {
  const header = response.headers.get("retry-after");
  if (!header) return null;
  const seconds = /^\d+$/.test(header.trim())
    ? Number(header)
    : (Date.parse(header) - Date.parse(response.headers.get("date") ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 300) * 1000 : null;
}

/** An answer's status in words. */
export function wordsOfStatus(status: number): string {
  if (status === 401 || status === 403) return `the key is not accepted (${status})`;
  if (status === 429) return "the server asks to slow down (429)";
  if (status >= 500) return `the server has a fault (${status})`;
  if (status >= 300 && status < 400) return `the address redirects elsewhere (${status}); give the final one`;
  return `the server answered ${status}`;
}
