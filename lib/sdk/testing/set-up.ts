import { onTestFinished } from "vitest";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { createEvenkeelWith } from "../evenkeel.ts";
import { type Host, realHost } from "../host.ts";
import type { Evenkeel, EvenkeelOptions } from "../types.ts";
import { ControlRoom } from "./control-room.ts";
import { sampleRuleset } from "./sample-ruleset.ts";
import { useRealTime, useVirtualTime, watchedFetch } from "./virtual-time.ts";

export type SetUp = {
  room: ControlRoom;
  start: (options?: Partial<EvenkeelOptions>, host?: Partial<Host>) => Evenkeel;
};

/** A control room and clients of it in virtual time, cleared away when the test ends. `away`: it does not answer yet. */
export async function setUp(ruleset: Ruleset = sampleRuleset, away = false): Promise<SetUp> {
  useVirtualTime();
  const room = await new ControlRoom(ruleset).open();
  if (away) await room.close();
  const clients: Evenkeel[] = [];
  onTestFinished(async () => {
    useRealTime();
    await room.close();
    await Promise.all(clients.map((client) => client.close({ timeoutMs: 50 })));
  });
  const start: SetUp["start"] = (options = {}, host = {}) => {
    const client = createEvenkeelWith(
      { url: room.url, key: "ek_production_test", app: "support-desk", fetch: watchedFetch, ...options },
      { ...realHost, random: () => 0.5, ...host },
    );
    clients.push(client);
    return client;
  };
  return { room, start };
}

/** Whether this process gives billing and shipping to AI, as a word each. */
export function serves(client: Evenkeel): string {
  const one = (scenario: string) => client.decide("reply-assistant", { userId: "user-1", scenarios: [scenario] }).serve;
  return `billing ${one("billing")}, shipping ${one("shipping")}`;
}

export const BOTH_AI = "billing ai, shipping ai";
export const ONLY_SHIPPING = "billing fallback, shipping ai";
export const NO_AI = "billing fallback, shipping fallback";
