import { describe, expect, it } from "vitest";
import { sampleRuleset, stopBilling, withOnly } from "./testing/sample-ruleset.ts";
import { BOTH_AI, NO_AI, ONLY_SHIPPING, serves, setUp } from "./testing/set-up.ts";
import { pass, soon, until } from "./testing/virtual-time.ts";

const stop = (ruleset: typeof sampleRuleset) => withOnly(ruleset, { c1: stopBilling });

describe("following the control room", () => {
  it("is ready with the server's rules and obeys a stop at once, by patch", async () => {
    const { room, start } = await setUp();
    const client = start();
    expect(serves(client)).toBe(NO_AI);
    await until(() => client.status().state === "connected");
    expect(client.status()).toMatchObject({
      runsOn: { source: "server", ruleset: { epoch: sampleRuleset.epoch, version: 7 } },
      lastError: null,
    });
    expect(serves(client)).toBe(BOTH_AI);
    const whole = room.requests.filter(({ path }) => path === "/api/v1/ruleset").length;
    room.publish(stop);
    await soon(() => serves(client) === ONLY_SHIPPING);
    room.publish((ruleset) => withOnly(ruleset, {}));
    await soon(() => serves(client) === BOTH_AI);
    expect(room.requests.filter(({ path }) => path === "/api/v1/ruleset")).toHaveLength(whole);
  });

  it("starts while the server is away, says so, and gets the rules when it comes", async () => {
    const { room, start } = await setUp(sampleRuleset, true);
    const client = start();
    await until(() => client.status().state === "cut-off");
    expect(client.status().lastError).toMatch(/ECONNREFUSED/);
    expect(serves(client)).toBe(NO_AI);
    await pass(60_000);
    await room.open();
    await until(() => client.status().state === "connected", 35_000);
    expect(serves(client)).toBe(BOTH_AI);
  });

  it("goes on with the last rules for an hour of silence, and obeys the stop made meanwhile", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    await room.close();
    await pass(3_600_000);
    expect(client.status()).toMatchObject({ state: "cut-off", stale: false });
    expect(serves(client)).toBe(BOTH_AI);
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    await room.open();
    await until(() => serves(client) === ONLY_SHIPPING, 35_000);
  });

  it("is stale when the last contact is too long ago: no AI in high-risk cases, a person checks the rest", async () => {
    const { room, start } = await setUp({
      ...sampleRuleset,
      staleAfter: { coldStartMs: 60_000, runningMs: 30 * 60_000 },
    });
    const client = start();
    await until(() => client.status().state === "connected");
    await room.close();
    await pass(29 * 60_000);
    expect(client.status().stale).toBe(false);
    await pass(80_000);
    expect(client.status()).toMatchObject({ state: "stale", stale: true });
    expect(serves(client)).toBe(ONLY_SHIPPING);
    const shipping = client.decide("reply-assistant", { scenarios: ["shipping"] });
    expect(shipping).toMatchObject({ mode: "suggestion", reviewBelow: 1, stream: false });
    expect(shipping.because.map(({ code }) => code)).toContain("stale");
    await room.open();
    await until(() => serves(client) === BOTH_AI, 35_000);
    expect(client.status().stale).toBe(false);
  });

  it("keeps the last rules through faults of the server", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    room.faults.status = 503;
    room.endStreams();
    await until(() => client.status().state === "cut-off", 30_000);
    expect(client.status().lastError).toMatch(/503/);
    expect(serves(client)).toBe(BOTH_AI);
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    room.sound();
    await until(() => serves(client) === ONLY_SHIPPING, 35_000);
  });

  it("polls around a proxy that holds the stream back, and uses the stream once it passes", async () => {
    const { room, start } = await setUp();
    room.faults.bufferStream = true;
    const client = start();
    await until(() => serves(client) === BOTH_AI);
    await until(() => client.status().state === "polling");
    await pass(30_000);
    expect(client.status().lastError).toMatch(/proxy/);
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    expect(await until(() => serves(client) === ONLY_SHIPPING, 15_000)).toBeLessThanOrEqual(10_500);
    const asked = room.requests.filter(({ path, headers }) => path === "/api/v1/ruleset" && headers["if-none-match"]);
    expect(asked.length).toBeGreaterThan(2);
    room.faults.bufferStream = false;
    await until(() => client.status().state === "connected", 60_000);
  });

  it("asks again within half a minute, however long it was told to wait", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    room.faults.bufferStream = true;
    room.faults.status = 503;
    room.faults.retryAfter = "3600";
    room.endStreams();
    await until(() => client.status().state === "cut-off", 30_000);
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    room.faults.status = null;
    expect(await until(() => serves(client) === ONLY_SHIPPING, 60_000)).toBeLessThanOrEqual(30_500);
  });

  it("hears of a stop within 12 s over a connection that only looks open", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    await pass(5_000);
    room.faults.freeze = true;
    room.publish(stop);
    expect(await until(() => serves(client) === ONLY_SHIPPING, 20_000)).toBeLessThanOrEqual(12_000);
    room.sound();
    await until(() => client.status().state === "connected", 60_000);
  });

  it("asks at once when a heartbeat names a later version than it has", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    room.beat();
    await soon(() => serves(client) === ONLY_SHIPPING);
  });

  it("does not trust a stream whose heartbeats come late", async () => {
    const { room, start } = await setUp();
    const client = start();
    await until(() => client.status().state === "connected");
    const { epoch, version } = room.ruleset;
    await pass(30_000);
    const late = JSON.stringify({ epoch, version, serverTime: Date.now() - 25_000, connection: "late" });
    room.ruleset = { ...stop(room.ruleset), version: 8 };
    room.send("heartbeat", late);
    await soon(() => serves(client) === ONLY_SHIPPING);
  });
});
