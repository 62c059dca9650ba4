import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { SignalKind } from "../../core/events/event.ts";
import { createEvenkeel } from "../../sdk/index.ts";
import type { Evenkeel } from "../../sdk/types.ts";
import type { Made } from "./made.ts";

/**
 * Real SDKs in a child process of the crash test. They decide and report all the time, whatever the server does, and tell at the end of each round what they
 * made. Signals come from any of them, so some arrive before their decision.
 */
const [url = "", key = "", feature = "", scenario = "", count = "0"] = process.argv.slice(2);
const KINDS: readonly SignalKind[] = ["shown", "accepted", "edited", "thumbs-down", "escalated", "regenerated"];
const USERS = 300;
/** Share of decisions that are about somebody new. */
const NEW = 0.05;
/** Between two decisions of a client, milliseconds. */
const EVERY_MS = 40;
/** Decisions of a client in a round at most: a machine on which the server takes long to come back has enough to do. */
const MOST_EACH = 120;
/** How often in a row nothing may be under way before all is taken for sent. */
const QUIET = 4;

let posting = 0;
/** The host's own fetch, which knows when the SDK is still speaking. */
const counted: typeof fetch = async (...call) => {
  const speaks = String(call[0]).endsWith("/events");
  if (speaks) posting += 1;
  try {
    return await fetch(...call);
  } finally {
    if (speaks) posting -= 1;
  }
};

const clients: Evenkeel[] = [];
for (let index = 0; index < Number(count); index++) {
  const name = `crash ${process.pid} ${index}`;
  clients.push(createEvenkeel({ url, key, app: "crash test", name, fetch: counted }));
  // Spread over the second in which each of them sends.
  await wait(1000 / Number(count));
}
for (const client of clients) while (client.status().state !== "connected") await wait(20);
process.send?.({ kind: "ready" });

let made: Made = nothing();
let loading = false;

function nothing(): Made {
  return { decisions: [], signals: [] };
}

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(Math.random() * values.length)] as T;
}

function decideOnce(client: Evenkeel): void {
  const userId = Math.random() < NEW ? `new-${randomUUID()}` : `customer-${Math.floor(Math.random() * USERS)}`;
  const decision = client.decide(feature, { userId, scenarios: [scenario], attributes: {} });
  const latencyMs = 100 + Math.floor(Math.random() * 2000);
  client.report(decision, { served: "primary", provider: "provider-x", model: "large", latencyMs });
  const { instance } = client.status();
  made.decisions.push({ id: decision.id, user: client.hashUser(userId) ?? "", instance, latencyMs });
  for (let left = Math.floor(Math.random() * 4); left > 0; left--) {
    const kind = pick(KINDS);
    // Quarters add up exactly, in whatever order.
    const about = kind === "edited" ? { value: Math.floor(Math.random() * 240) / 4, changed: pick([0.25, 0.5]) } : {};
    pick(clients).record(decision.id, kind, about);
    made.signals.push({ decision: decision.id, kind, value: about.value ?? null, changed: about.changed ?? null });
  }
}

async function load(): Promise<void> {
  loading = true;
  for (let left = MOST_EACH; loading && left > 0; left--) {
    for (const client of clients) decideOnce(client);
    await wait(EVERY_MS);
  }
}

/** Until every event has been answered for. */
async function allSent(): Promise<void> {
  for (let quiet = 0; quiet < QUIET; ) {
    await wait(25);
    quiet = posting === 0 && clients.every((client) => client.status().waiting === 0) ? quiet + 1 : 0;
  }
}

process.on("message", async ({ kind }: { kind: string }) => {
  if (kind === "load") void load();
  if (kind === "rest") {
    loading = false;
    await allSent();
    const lost = clients.reduce((sum, client) => {
      const { decisions, signals, samples, refused } = client.status().dropped;
      return sum + decisions + signals + samples + refused;
    }, 0);
    process.send?.({ kind: "made", made, lost });
    made = nothing();
  }
  if (kind === "end") {
    await Promise.all(clients.map((client) => client.close({ timeoutMs: 500 })));
    process.exit(0);
  }
});
process.on("disconnect", () => process.exit(0));
