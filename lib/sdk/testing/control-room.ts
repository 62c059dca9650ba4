import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { rulesetHash } from "../../core/delivery/hash.ts";
import { diffRulesets } from "../../core/delivery/patch.ts";
import type { Acknowledgement } from "../../core/delivery/wire.ts";
import { MAX_EVENT_BYTES, MAX_EVENTS, type TelemetryEvent, telemetryEvent } from "../../core/events/event.ts";

/** What is wrong with the server or the way to it. */
export type Faults = {
  /** Every answer has this status. */
  status: number | null;
  /** Acknowledgements are taken, but their answers never arrive. */
  loseAnswers: boolean;
  /** The events endpoint alone. */
  eventsStatus: number | null;
  /** Events are read, but never answered. */
  hangEvents: boolean;
  /** So are acknowledgements, but for the last one of an instance. */
  hangAcknowledgements: boolean;
  retryAfter: string | null;
  /** A proxy that never passes on a byte of the stream. */
  bufferStream: boolean;
  /** Open streams stay open, but nothing more comes through (half-open). */
  freeze: boolean;
  /** `hash` of what is sent does not fit its content. */
  wrongHash: boolean;
  /** Patches name another base than the client has. */
  wrongPatch: boolean;
  /** What is sent instead of a ruleset, on both ways. */
  garbage: string | null;
};

const sound = (): Faults => ({
  status: null,
  loseAnswers: false,
  eventsStatus: null,
  hangEvents: false,
  hangAcknowledgements: false,
  retryAfter: null,
  bufferStream: false,
  freeze: false,
  wrongHash: false,
  wrongPatch: false,
  garbage: null,
});

/** A small real server that speaks the wire contract, with faults that can be turned on. For tests only. */
export class ControlRoom {
  faults: Faults = sound();
  ruleset: Ruleset;
  blobs = new Map<string, Uint8Array>();
  /** Added to this process's time, as if the server's clock were another. */
  clockOffsetMs = 0;
  readonly acknowledgements: Acknowledgement[] = [];
  readonly events: TelemetryEvent[] = [];
  readonly eventBodies: string[] = [];
  readonly requests: { path: string; headers: IncomingMessage["headers"] }[] = [];
  readonly streams = new Set<ServerResponse>();
  #server: Server | null = null;
  #port = 0;
  #connections = 0;
  #beat: NodeJS.Timeout | undefined;

  constructor(ruleset: Ruleset) {
    this.ruleset = ruleset;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts to answer, at the same port as before. */
  async open(): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address === "object" && address) this.#port = address.port;
    this.#server = server;
    this.#beat = setInterval(() => this.beat(), 5000);
    return this;
  }

  /** Goes away; connections break. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    this.streams.clear();
  }

  sound(): void {
    this.faults = sound();
  }

  /** Publishes the next version and sends it to all streams as a patch. */
  publish(change: (ruleset: Ruleset) => Ruleset): void {
    const before = this.ruleset;
    this.ruleset = { ...change(before), epoch: before.epoch, version: before.version + 1 };
    const patch = diffRulesets(before, this.ruleset, this.#now());
    if (this.faults.wrongPatch) patch.from = { ...patch.from, version: patch.from.version - 1 };
    if (this.faults.wrongHash) patch.hash = "0".repeat(64);
    this.send("ruleset", this.faults.garbage ?? JSON.stringify(patch));
  }

  /** A restored database: other rules under a new epoch; streams that survived get the whole. */
  restore(ruleset: Ruleset): void {
    this.ruleset = ruleset;
    this.send("ruleset", this.#whole());
  }

  send(event: string, data: string): void {
    for (const stream of this.streams) this.#write(stream, event, data);
  }

  beat(): void {
    for (const stream of this.streams) this.#beatOne(stream, "connection-again");
  }

  endStreams(): void {
    for (const stream of this.streams) stream.end();
  }

  #beatOne(stream: ServerResponse, connection: string): void {
    const { epoch, version } = this.ruleset;
    this.#write(stream, "heartbeat", JSON.stringify({ epoch, version, serverTime: this.#now(), connection }));
  }

  #write(stream: ServerResponse, event: string, data: string): void {
    if (!this.faults.freeze && !this.faults.bufferStream) stream.write(`event: ${event}\ndata: ${data}\n\n`);
  }

  #now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  #whole(): string {
    const hash = this.faults.wrongHash ? "0".repeat(64) : rulesetHash(this.ruleset);
    return (
      this.faults.garbage ?? JSON.stringify({ kind: "whole", hash, ruleset: this.ruleset, serverTime: this.#now() })
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    this.requests.push({ path, headers: request.headers });
    const body = await bytesOf(request);
    const status = this.faults.status ?? (path === "/api/v1/events" ? this.faults.eventsStatus : null);
    if (status !== null) {
      response.writeHead(status, this.faults.retryAfter ? { "retry-after": this.faults.retryAfter } : {}).end();
    } else if (path === "/api/v1/ruleset") this.#sendRuleset(request, response);
    else if (path === "/api/v1/stream") this.#openStream(request, response);
    else if (path.startsWith("/api/v1/blobs/")) this.#sendBlob(path.slice("/api/v1/blobs/".length), response);
    else if (path === "/api/v1/acknowledgements") {
      const said: Acknowledgement = JSON.parse(body.toString("utf8"));
      this.acknowledgements.push(said);
      if (this.faults.hangAcknowledgements && !said.closing) return;
      if (this.faults.loseAnswers) response.destroy();
      else response.writeHead(204).end();
    } else if (path === "/api/v1/events") {
      if (this.faults.hangEvents) return;
      this.#take(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body, response);
    } else response.writeHead(404).end();
  }

  #sendRuleset(request: IncomingMessage, response: ServerResponse): void {
    const etag = `"${this.ruleset.epoch}.${this.ruleset.version}"`;
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { "content-type": "application/json", etag }).end(this.#whole());
  }

  #sendBlob(sha256: string, response: ServerResponse): void {
    const blob = this.blobs.get(sha256);
    if (blob) response.writeHead(200).end(blob);
    else response.writeHead(404).end();
  }

  #openStream(request: IncomingMessage, response: ServerResponse): void {
    if (this.faults.bufferStream) return;
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
    this.streams.add(response);
    response.on("close", () => this.streams.delete(response));
    const has = request.headers["last-event-id"];
    if (has !== `${this.ruleset.epoch}.${this.ruleset.version}`) this.#write(response, "ruleset", this.#whole());
    this.#beatOne(response, `connection-${++this.#connections}`);
  }

  #take(body: Buffer, response: ServerResponse): void {
    this.eventBodies.push(body.toString("utf8"));
    const given: unknown = JSON.parse(body.toString("utf8"));
    if (!Array.isArray(given) || given.length > MAX_EVENTS || body.byteLength > MAX_EVENT_BYTES) {
      response.writeHead(413).end();
      return;
    }
    const rejected: { index: number; code: string; message: string }[] = [];
    given.forEach((each, index) => {
      const parsed = telemetryEvent.safeParse(each);
      if (parsed.success) this.events.push(parsed.data);
      else rejected.push({ index, code: "invalid", message: parsed.error.message });
    });
    const accepted = given.length - rejected.length;
    response.writeHead(202, { "content-type": "application/json" });
    response.end(JSON.stringify({ accepted, duplicates: 0, rejected }));
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
