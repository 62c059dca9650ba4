import { randomUUID } from "node:crypto";
import { getDb } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { onShutdown } from "../closers.ts";
import { Hub } from "./hub.ts";

const anchor = globalThis as typeof globalThis & { evenkeelHub?: Hub };

/** This process's hub, made at first use and closed with the process. Anchored on `globalThis`: each route is a module instance of its own. */
export function getHub(): Hub {
  if (!anchor.evenkeelHub) {
    const hub = new Hub({
      db: getDb(),
      listenUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL ?? null,
      secret: env.EVENKEEL_SECRET ?? randomUUID(),
    });
    anchor.evenkeelHub = hub;
    onShutdown("hub", async () => {
      anchor.evenkeelHub = undefined;
      await hub.close();
    });
  }
  return anchor.evenkeelHub;
}
