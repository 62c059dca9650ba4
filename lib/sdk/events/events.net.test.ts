import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sampleRuleset, stopBilling, withFeature, withOnly } from "../testing/sample-ruleset.ts";
import { setUp } from "../testing/set-up.ts";
import { pass, soon, until } from "../testing/virtual-time.ts";
import type { EvenkeelOptions } from "../types.ts";

const context = { userId: "user-1", scenarios: ["billing"], attributes: { country: "DE" } };
const fallbacks = { manual: () => "the form" };

async function connected(ruleset = sampleRuleset, options: Partial<EvenkeelOptions> = {}) {
  const { room, start } = await setUp(ruleset);
  const client = start(options);
  await until(() => client.status().state === "connected");
  return { room, client };
}

describe("telemetry", () => {
  it("tells what each request was answered with, by a pseudonym and never by a raw id", async () => {
    const { room, client } = await connected();
    const result = await client.run("reply-assistant", context, {
      generate: (step) => {
        if (step.model === "x-large") throw Object.assign(new Error("user-1 is rude"), { status: 500 });
        return {
          output: "x",
          confidence: 0.8,
          usage: { tokensIn: 10, tokensOut: 5, costUsd: 0.01 },
          model: "y-small-0711",
        };
      },
      fallbacks,
      about: {
        task: "t1",
        sessionId: "session-1",
        dimensions: { channel: "mail", long: "x".repeat(500), n: 1, over: 2 },
      },
    });
    await until(() => room.events.length === 1);
    const hash = (id: string) =>
      createHmac("sha256", Buffer.from(sampleRuleset.userHashKey, "base64")).update(id).digest("hex").slice(0, 32);
    expect(client.hashUser("user-1")).toBe(hash("user-1"));
    expect(room.events[0]).toMatchObject({
      type: "decision",
      id: result.decisionId,
      instance: client.status().instance,
      feature: "reply-assistant",
      scenarios: ["billing"],
      cohorts: ["de-users"],
      cohortsUnknown: [],
      release: "r1",
      ruleset: { epoch: sampleRuleset.epoch, version: 7 },
      userHash: hash("user-1"),
      sessionHash: hash("session-1"),
      task: "t1",
      initiatedBy: "user",
      served: "secondary",
      provider: "provider-y",
      model: "y-small",
      modelReported: "y-small-0711",
      mode: "autonomous",
      costUsd: 0.01,
      tokensIn: 10,
      tokensOut: 5,
      error: null,
      confidence: 0.8,
      controls: [],
    });
    expect(Object.keys(Object(room.events[0])?.dimensions ?? {})).toEqual(["channel", "long", "n"]);
    expect(room.eventBodies.join("")).not.toMatch(/user-1|session-1|rude/);
  });

  it("names the cohorts that nobody can tell whether a request without the value is in", async () => {
    const { room, client } = await connected();
    const given: Record<string, string | number>[] = [{}, { country: 49 }, { country: "FR" }];
    for (const attributes of given) {
      await client.run("reply-assistant", { ...context, attributes }, { generate: () => ({ output: "x" }), fallbacks });
    }
    await until(() => room.events.length === 3);
    const unknown = { cohorts: [], cohortsUnknown: ["de-users"] };
    expect(room.events).toMatchObject([unknown, unknown, { cohorts: [], cohortsUnknown: [] }]);
  });

  it("names the controls that acted and why the model was not used", async () => {
    const { room, client } = await connected(withOnly(sampleRuleset, { c1: stopBilling }));
    await client.run("reply-assistant", context, { generate: () => ({ output: "x" }), fallbacks });
    await client.run(
      "reply-assistant",
      { ...context, scenarios: ["shipping"] },
      {
        generate: () => {
          throw new TypeError("secret of user-1");
        },
        fallbacks,
      },
    );
    await until(() => room.events.length === 2);
    expect(room.events[0]).toMatchObject({ served: "manual", controls: ["c1"], model: null, error: null });
    expect(room.events[1]).toMatchObject({ served: "manual", model: "y-small", error: "error:TypeError" });
  });

  it("records signals with and without a decision, and says which it could not", async () => {
    const { room, client } = await connected();
    const { id } = client.decide("reply-assistant", context);
    client.record(id, "edited", { seconds: 42, changed: 0.3, label: "tone" });
    client.record({ feature: "reply-assistant", userId: "user-1" }, "turned-off");
    client.record("not-an-id", "edited");
    await until(() => room.events.length === 2);
    expect(room.events[0]).toMatchObject({ type: "signal", decisionId: id, kind: "edited", value: 42, changed: 0.3 });
    expect(room.events[1]).toMatchObject({
      kind: "turned-off",
      feature: "reply-assistant",
      userHash: client.hashUser("user-1"),
    });
    expect(client.status()).toMatchObject({ dropped: { refused: 1 } });
    expect(client.status().lastError).toMatch(/names no decision/);
  });

  it("reports outcomes of hosts that call the model themselves, once, by id or by the decision", async () => {
    const { room, client } = await connected();
    const first = client.decide("reply-assistant", context);
    const second = client.decide("reply-assistant", context);
    client.report(first.id, { latencyMs: 812.34, confidence: 0.9, usage: { tokensIn: 3 } });
    client.report(first.id, {});
    client.report(second, { error: "Timeout of user-1@example.com!" });
    await until(() => room.events.length === 2);
    expect(room.events[0]).toMatchObject({
      id: first.id,
      served: "primary",
      model: "x-large",
      latencyMs: 812.3,
      scenarios: ["billing"],
    });
    expect(room.events[1]).toMatchObject({ id: second.id, served: "cached", error: "error" });
    expect(client.status().dropped.refused).toBe(1);
  });

  it("sends a sample only when it is asked for and a redactor has gone over it", async () => {
    const { room, start } = await setUp(withFeature(sampleRuleset, { sampleShare: 1 }));
    const redact: EvenkeelOptions["redact"] = ({ input, output }) => {
      if (input === "fail") throw new Error("no");
      return { input: input.replace("Ann", "***"), output: output.replace("Ann", "***") };
    };
    const [without, client] = [start(), start({ redact })];
    await until(() => without.status().state === "connected" && client.status().state === "connected");
    const handlers = { generate: () => ({ output: "Dear Ann" }), fallbacks, about: { input: "I am Ann" } };
    await without.run("reply-assistant", context, handlers);
    const { decisionId } = await client.run("reply-assistant", context, handlers);
    await client.run("reply-assistant", context, { ...handlers, about: { input: "fail" } });
    await until(() => room.events.length === 4 && without.status().waiting + client.status().waiting === 0);
    expect(room.events.filter(({ type }) => type === "sample")).toEqual([
      expect.objectContaining({ decisionId, input: "I am ***", output: "Dear ***" }),
    ]);
  });
});

describe("sending", () => {
  it("keeps events while the server is away, comes back as it asks, and loses nothing", async () => {
    const { room, client } = await connected();
    room.faults.eventsStatus = 503;
    room.faults.retryAfter = "30";
    for (let i = 0; i < 1500; i++) client.record(client.decide("reply-assistant", context).id, "shown");
    await until(() => room.requests.some(({ path }) => path === "/api/v1/events"));
    await pass(25_000);
    expect(room.requests.filter(({ path }) => path === "/api/v1/events")).toHaveLength(1);
    expect(client.status()).toMatchObject({ waiting: 1500, dropped: { signals: 0 } });
    room.sound();
    await until(() => room.events.length === 1500);
    expect(new Set(room.events.map(({ id }) => id)).size).toBe(1500);
    expect(room.requests.filter(({ headers }) => headers["content-encoding"] === "gzip").length).toBeGreaterThan(1);
  });

  it("sends what does not fit one call right after it, and what is less than a call only every second", async () => {
    const { room, client } = await connected();
    for (let i = 0; i < 6500; i++) client.record({ feature: "reply-assistant" }, "manual-path");
    const calls = () => room.requests.filter(({ path }) => path === "/api/v1/events").length;
    await until(() => room.events.length === 6500, 2500);
    expect(calls()).toBe(7);
    for (let i = 0; i < 50; i++) {
      client.record({ feature: "reply-assistant" }, "manual-path");
      await pass(100);
    }
    await until(() => room.events.length === 6550);
    expect(calls()).toBeLessThan(7 + 8);
  });

  it("stops at the first batch that fails, however many wait", async () => {
    const { room, client } = await connected();
    room.faults.eventsStatus = 503;
    for (let i = 0; i < 4000; i++) client.record({ feature: "reply-assistant" }, "manual-path");
    const calls = () => room.requests.filter(({ path }) => path === "/api/v1/events").length;
    await until(() => calls() > 0);
    await pass(400);
    expect(calls()).toBe(1);
  });

  it("does not send again what was refused for itself", async () => {
    const { room, client } = await connected();
    const broken = JSON.parse(JSON.stringify(client.decide("reply-assistant", context)));
    client.report({ ...broken, id: "no-uuid" }, {});
    client.record({ feature: "reply-assistant" }, "turned-on");
    await until(() => room.events.length === 1);
    await pass(5000);
    expect(room.requests.filter(({ path }) => path === "/api/v1/events")).toHaveLength(1);
    expect(client.status()).toMatchObject({ waiting: 0, dropped: { refused: 1 } });
  });

  it("drops decisions before signals when the server stays away, counts them and says so", async () => {
    const { room, client } = await connected();
    room.faults.eventsStatus = 503;
    for (let i = 0; i < 9000; i++) client.report(client.decide("reply-assistant", context), {});
    for (let i = 0; i < 3000; i++) client.record({ feature: "reply-assistant" }, "manual-path");
    expect(client.status().dropped).toMatchObject({ decisions: 2000, signals: 0 });
    expect(client.status().waiting).toBe(10_000);
    await until(() => room.acknowledgements.some(({ dropped }) => dropped.decisions === 2000), 25_000);
    const told = room.acknowledgements.length;
    await until(() => room.acknowledgements.length > told, 25_000);
    expect(room.acknowledgements.at(-1)?.dropped).toEqual({ decisions: 0, signals: 0 });
    expect(room.acknowledgements.at(-1)?.droppedTotal).toEqual({ decisions: 2000, signals: 0 });
  });

  it("says the same of what it dropped until it is heard, so that a lost answer counts nothing twice", async () => {
    const { room, client } = await connected();
    room.faults.eventsStatus = 503;
    for (let i = 0; i < 10_005; i++) client.report(client.decide("reply-assistant", context), {});
    room.faults.loseAnswers = true;
    const { decisions } = client.status().dropped;
    expect(decisions).toBeGreaterThan(0);
    const said = () => room.acknowledgements.filter(({ droppedTotal }) => droppedTotal?.decisions === decisions);
    await until(() => said().length >= 3, 90_000);
    expect(room.acknowledgements.every(({ droppedTotal }) => (droppedTotal?.decisions ?? 0) <= decisions)).toBe(true);
  });

  it("counts what cannot be made, and says so", async () => {
    const { room, client } = await connected();
    const [decision, other] = [1, 2].map(() => client.decide("reply-assistant", context));
    if (!decision || !other) throw new Error("nothing was decided");
    client.report(other, {});
    // One that this process does not know, of a host that gives it another shape.
    client.report({ ...decision, id: other.id, slot: 10n as unknown as number }, {});
    await until(() => client.status().dropped.decisions === 1);
    await client.close();
    expect(room.acknowledgements.at(-1)?.droppedTotal).toEqual({ decisions: 1, signals: 0 });
  });
});

describe("acknowledgements", () => {
  it("say at once which rules are followed, since when, and which features are used", async () => {
    const { room, client } = await connected();
    client.decide("reply-assistant", context);
    room.publish((ruleset) => withOnly(ruleset, { c1: stopBilling }));
    await soon(() => room.acknowledgements.at(-1)?.ruleset?.version === 8);
    const last = room.acknowledgements.at(-1);
    expect(last).toMatchObject({ app: "support-desk", connection: "connection-1", closing: false });
    expect(Math.abs((last?.appliedAt ?? 0) - Date.now())).toBeLessThan(1000);
    expect(Math.abs((last?.features["reply-assistant"] ?? 0) - Date.now())).toBeLessThan(1000);
    const before = room.acknowledgements.length;
    await pass(61_000);
    expect(room.acknowledgements.length).toBeGreaterThanOrEqual(before + 3);
  });

  it("wait for the membership filter that a held exposure needs", async () => {
    const { room, client } = await connected();
    const bits = new Uint8Array(64).fill(255);
    const blob = createHash("sha256").update(bits).digest("hex");
    room.publish((ruleset) => ({
      ...withOnly(ruleset, {
        c1: { ...stopBilling, scope: {}, effects: [{ kind: "hold", of: "feature", filter: "f1" }] },
      }),
      filters: { f1: { blob, hashes: 3, size: 512 } },
    }));
    await soon(() => client.decide("reply-assistant", context).serve === "fallback");
    await pass(3000);
    expect(room.acknowledgements.at(-1)?.ruleset?.version).toBe(7);
    room.blobs.set(blob, bits);
    await until(() => room.acknowledgements.at(-1)?.ruleset?.version === 8, 5000);
    expect(client.decide("reply-assistant", context).serve).toBe("ai");
  });
});
