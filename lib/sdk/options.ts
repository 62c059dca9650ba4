import { hostname } from "node:os";
import { isRecord } from "./ruleset/shape.ts";
import { safely } from "./safely.ts";
import type { EvenkeelOptions, Logger } from "./types.ts";

/** The options as they can be used. `problem` says in words what makes talking to the server impossible. */
export type Settings = {
  url: string;
  key: string;
  app: string;
  name: string;
  bootstrap: unknown;
  cacheFile: string | null;
  redact: EvenkeelOptions["redact"];
  fetch: typeof globalThis.fetch;
  logger: Logger;
  localStopFile: string | null;
  problem: string | null;
};

/** Reads the options, whatever they are. Never throws. */
export function readOptions(given: unknown): Settings {
  const option = (name: keyof EvenkeelOptions): unknown =>
    safely(() => (isRecord(given) ? Reflect.get(given, name) : undefined), undefined);
  const text = (name: keyof EvenkeelOptions) => textOf(option(name));
  const url = text("url");
  const key = text("key");
  const app = (text("app") || "unnamed app").slice(0, 100);
  const fetch = option("fetch");
  const redact = option("redact");
  const logger = option("logger");
  const localStop = option("localStop");
  return {
    url,
    key,
    app,
    name: (text("name") || `${app} on ${safely(hostname, "a host")} (pid ${process.pid})`).slice(0, 200),
    bootstrap: option("bootstrap"),
    cacheFile: text("cacheFile") || null,
    redact: typeof redact === "function" ? (redact as EvenkeelOptions["redact"]) : undefined,
    fetch: typeof fetch === "function" ? (fetch as typeof globalThis.fetch) : (...call) => globalThis.fetch(...call),
    logger: isRecord(logger) ? (logger as Logger) : {},
    localStopFile: textOf(safely(() => (isRecord(localStop) ? localStop.file : localStop), "")) || null,
    problem: problemOf(url, key),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function problemOf(url: string, key: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return "The option `url` is not an address that begins with http:// or https://.";
  // A header cannot hold anything else.
  if (!/^[\x21-\x7e]+$/.test(key)) return "The option `key` is missing or holds characters that no key has.";
  return null;
}
