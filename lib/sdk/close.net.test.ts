import { describe, expect, it } from "vitest";
import { sampleRuleset, withFeature } from "./testing/sample-ruleset.ts";
import { setUp } from "./testing/set-up.ts";
import { pass, soon, until } from "./testing/virtual-time.ts";
import type { EvenkeelOptions } from "./types.ts";

const context = { userId: "user-1", scenarios: ["billing"] };

async function connected(ruleset = sampleRuleset, options: Partial<EvenkeelOptions> = {}) {
  const { room, start } = await setUp(ruleset);
  const client = start(options);
  await until(() => client.status().state === "connected");
  return { room, client };
}

describe("close", () => {
  it("counts what is left when it closes, before it says goodbye", async () => {
    const { room, client } = await connected();
    room.faults.eventsStatus = 503;
    client.report(client.decide("reply-assistant", context), {});
    for (let i = 0; i < 3; i++) client.record({ feature: "reply-assistant" }, "manual-path");
    await client.close();
    expect(room.acknowledgements.at(-1)).toMatchObject({
      closing: true,
      droppedTotal: { decisions: 1, signals: 3 },
    });
    expect(client.status()).toMatchObject({ waiting: 0, dropped: { decisions: 1, signals: 3 } });
  });

  it("counts what is recorded after it has closed as lost, not as waiting", async () => {
    const { client } = await connected();
    await client.close();
    client.record({ feature: "reply-assistant" }, "manual-path");
    client.report(client.decide("reply-assistant", context), {});
    expect(client.status()).toMatchObject({ waiting: 0, dropped: { decisions: 1, signals: 1 } });
  });

  it.each([
    ["events that are being sent", 1500],
    ["events that wait", 0],
  ])("says goodbye in time, and counts what is lost, when the server never answers %s", async (_what, before) => {
    const { room, client } = await connected();
    Object.assign(room.faults, { hangEvents: true, hangAcknowledgements: true });
    for (let i = 0; i < 5; i++) client.record({ feature: "reply-assistant" }, "manual-path");
    client.report(client.decide("reply-assistant", context), {});
    await pass(before, 300);
    const closed = client.close();
    await pass(3000, 500);
    await closed;
    const lost = { decisions: 1, signals: 5 };
    expect(client.status()).toMatchObject({
      waiting: 0,
      dropped: lost,
      lastError: expect.stringContaining("given up"),
    });
    expect(room.acknowledgements.at(-1)).toMatchObject({ closing: true, droppedTotal: lost });
    room.sound();
    await pass(20_000, 1000);
    expect([room.events.length, client.status().waiting]).toEqual([0, 0]);
  });

  it("does not wait for a redactor when it closes", async () => {
    const redact = () => new Promise<never>(() => undefined);
    const rules = withFeature(sampleRuleset, { sampleShare: 1 });
    const { room, client } = await connected(rules, { redact });
    await client.run("reply-assistant", context, {
      generate: () => ({ output: "x" }),
      fallbacks: { manual: () => "the form" },
    });
    await pass(1500, 300);
    const closed = client.close();
    await pass(3000, 500);
    await closed;
    expect(client.status()).toMatchObject({ waiting: 0, dropped: { decisions: 1, samples: 1 } });
    expect(room.acknowledgements.at(-1)).toMatchObject({ closing: true, droppedTotal: { decisions: 1, signals: 0 } });
  });

  it("flushes on close and says goodbye, within its time even if nobody answers", async () => {
    const { room, client } = await connected();
    client.record({ feature: "reply-assistant" }, "turned-on");
    await client.close();
    expect(room.events).toHaveLength(1);
    expect(room.acknowledgements.at(-1)).toMatchObject({ closing: true, instance: client.status().instance });
    await soon(() => room.streams.size === 0);
  });
});
