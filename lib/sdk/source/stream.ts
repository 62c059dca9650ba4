import { createParser } from "eventsource-parser";
import { after, pause } from "../time/timers.ts";
import { Backoff } from "./backoff.ts";
import { type Http, wordsOfStatus } from "./http.ts";

/** Two heartbeats of 5 s and a little: then the connection is taken for dead, however open it looks. */
const SILENCE_MS = 10_500;
/** A server speaks at once, and at the latest with its first heartbeat; a proxy that holds the bytes back longer than this is polled around. */
const FIRST_BYTES_MS = 6_000;
const MOST_WAIT_MS = 30_000;
const REFUSED_WAIT_MS = 10_000;

export type StreamEvents = {
  message(event: string, data: string): void;
  /** The stream is down, for this reason; it is retried by itself. */
  down(because: string, status: number | null): void;
};

/** How the last attempt ended. */
type End = { because: string; status: number | null; spoke: boolean; retryMs: number };

/**
 * The server-sent event stream, reopened for as long as `signal` lasts. `resumeFrom` gives the Last-Event-ID (`<epoch>.<version>`),
 * null for everything. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function followStream(options: {
  http: Http;
  signal: AbortSignal;
  random: () => number;
  resumeFrom: () => string | null;
  events: StreamEvents;
}): Promise<void> {
  const backoff = new Backoff(400, MOST_WAIT_MS, options.random);
  while (!options.signal.aborted) {
    const end = await followOnce(options);
    if (options.signal.aborted) return;
    options.events.down(end.because, end.status);
    if (end.spoke) backoff.reset();
    const refused = end.status === 401 || end.status === 403;
    // The server's hint is spread as well: it told everybody the same.
    const hint = Math.min(end.retryMs, MOST_WAIT_MS) * (0.5 + options.random());
    await pause(backoff.next(refused ? REFUSED_WAIT_MS : hint), options.signal);
  }
}

async function followOnce(options: {
  http: Http;
  signal: AbortSignal;
  resumeFrom: () => string | null;
  events: StreamEvents;
}): Promise<End> {
  const connection = new AbortController();
  const end: End = { because: "the stream ended", status: null, spoke: false, retryMs: 0 };
  const close = () => connection.abort();
  options.signal.addEventListener("abort", close, { once: true });
  let stopWaiting = watch(FIRST_BYTES_MS, "the stream brings nothing (a proxy may hold it back)");

  function watch(ms: number, because: string): () => void {
    return after(ms, () => {
      end.because = because;
      connection.abort();
    });
  }

  const resumeFrom = options.resumeFrom();
  const headers: Record<string, string> = { accept: "text/event-stream", "cache-control": "no-cache" };
  if (resumeFrom) headers["last-event-id"] = resumeFrom;
  const answer = await options.http(
    { path: "/api/v1/stream", headers, signal: connection.signal },
    async (response) => {
      end.status = response.status;
      if (response.status !== 200 || !response.body) {
        end.because = wordsOfStatus(response.status);
        await response.body?.cancel();
        return;
      }
      const parser = createParser({
        onEvent: (event) => options.events.message(event.event ?? "message", event.data),
        onRetry: (ms) => {
          end.retryMs = ms;
        },
      });
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      try {
        for (;;) {
          const part = await reader.read();
          if (part.done || connection.signal.aborted) return;
          end.spoke = true;
          stopWaiting();
          stopWaiting = watch(SILENCE_MS, "no heartbeat for 10 s");
          parser.feed(decoder.decode(part.value, { stream: true }));
        }
      } finally {
        reader.cancel().catch(() => undefined);
      }
    },
  );
  stopWaiting();
  options.signal.removeEventListener("abort", close);
  connection.abort();
  if (!answer.ok && end.because === "the stream ended") end.because = answer.because;
  return end;
}
