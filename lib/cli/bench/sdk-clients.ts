import { createEvenkeel } from "../../sdk/index.ts";
import type { Evenkeel } from "../../sdk/types.ts";
import { preciseNow } from "./figure.ts";

/**
 * Real SDKs in a child process of the propagation bench. Each holds a reply to a billing case in flight; when a stop is applied, the SDK decides that run again
 * and aborts it, and that moment is what is measured.
 */
const [url = "", key = "", count = "0"] = process.argv.slice(2);
const context = { userId: "customer-1", scenarios: ["billing"], attributes: {} };
const clients: Evenkeel[] = [];
const AT_ONCE = 25;

// A few at a time: what is measured is a stop, not a thousand processes that start in the same moment.
for (let index = 0; index < Number(count); index += AT_ONCE) {
  const started = Array.from({ length: Math.min(AT_ONCE, Number(count) - index) }, (_, at) =>
    createEvenkeel({ url, key, app: "bench", name: `bench ${process.pid} ${index + at}` }),
  );
  await Promise.all(started.map(connected));
  clients.push(...started);
}
process.send?.({ kind: "ready" });

/** Until the stream is live and this SDK serves AI for billing. */
async function connected(client: Evenkeel): Promise<void> {
  while (client.status().state !== "connected" || client.decide("reply-assistant", context).serve !== "ai") {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Holds a reply in flight until a stop aborts it; resolves with that moment (epoch ms). A reply that only ran into its step's time limit is begun again. */
async function holdOne(client: Evenkeel, begun: () => void): Promise<number> {
  while (true) {
    let abortedAt = 0;
    await client.run("reply-assistant", context, {
      generate: (_step, { signal }) => {
        begun();
        return new Promise<never>((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            abortedAt = preciseNow();
            reject(new Error("stopped"));
          });
        });
      },
      fallbacks: { manual: () => null },
    });
    if (client.decide("reply-assistant", context).serve === "fallback") return abortedAt;
  }
}

process.on("message", async (message: { kind: string }) => {
  if (message.kind === "hold") {
    await Promise.all(clients.map(connected));
    const holding: Promise<number>[] = [];
    await Promise.all(clients.map((client) => new Promise<void>((begun) => holding.push(holdOne(client, begun)))));
    process.send?.({ kind: "holding" });
    process.send?.({ kind: "applied", times: await Promise.all(holding) });
  } else if (message.kind === "end") {
    await Promise.all(clients.map((client) => client.close({ timeoutMs: 200 })));
    process.exit(0);
  }
});
process.on("disconnect", () => process.exit(0));
