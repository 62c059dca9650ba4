import { Client } from "pg";
import { log } from "#lib/log.ts";

/** Channels the hub hears: a published ruleset (`{environment, epoch, version}`) and a revoked key (its id). */
export const RULESET_CHANNEL = "evenkeel_ruleset";
export const KEY_CHANNEL = "evenkeel_key";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
/** A connection that died half-way says nothing: it is asked this often, and given as long to answer. */
const PROBE_MS = 5000;

export type Listener = { close(): Promise<void>; readonly listening: boolean };

/**
 * Keeps one LISTEN connection open for as long as it is not closed, coming back by itself. `heard` gets each notification, and `null` after every
 * (re)connection, because what was said meanwhile is lost.
 */
export function listen(connectionString: string, heard: (channel: string | null, payload: string) => void): Listener {
  let client: Client | null = null;
  let closed = false;
  let listening = false;
  let wait = FIRST_WAIT_MS;
  let retry: NodeJS.Timeout | undefined;
  let probe: NodeJS.Timeout | undefined;

  function lost(which: Client): void {
    if (client !== which) return;
    client = null;
    listening = false;
    clearInterval(probe);
    void which.end().catch(() => {});
    if (closed) return;
    retry = setTimeout(connect, wait * (0.5 + Math.random()));
    retry.unref();
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString,
      application_name: "evenkeel-hub",
      keepAlive: true,
      connectionTimeoutMillis: PROBE_MS,
      query_timeout: PROBE_MS,
    });
    client = next;
    next.on("error", () => lost(next));
    next.on("end", () => lost(next));
    next.on("notification", ({ channel, payload }) => heard(channel, payload ?? ""));
    try {
      await next.connect();
      await next.query(`listen ${RULESET_CHANNEL}; listen ${KEY_CHANNEL}`);
      if (closed) return lost(next);
      listening = true;
      wait = FIRST_WAIT_MS;
      probe = setInterval(() => next.query("select 1").catch(() => lost(next)), PROBE_MS);
      probe.unref();
      heard(null, "");
    } catch (error) {
      log.warn({ error }, "the hub cannot listen to the database; the one-second read carries delivery until it can");
      lost(next);
    }
  }

  void connect();
  return {
    get listening() {
      return listening;
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      if (client) lost(client);
    },
  };
}
