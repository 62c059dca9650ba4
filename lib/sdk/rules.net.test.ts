import { copyFile, mkdir, mkdtemp, readFile, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampleRuleset, stopBilling, withFeature, withOnly } from "./testing/sample-ruleset.ts";
import { BOTH_AI, NO_AI, ONLY_SHIPPING, serves, setUp } from "./testing/set-up.ts";
import { pass, soon, until } from "./testing/virtual-time.ts";

const stop = (ruleset: typeof sampleRuleset) => withOnly(ruleset, { c1: stopBilling });

async function connected(...options: Parameters<typeof setUp>) {
  const { room, start } = await setUp(...options);
  const client = start();
  await until(() => client.status().state === "connected");
  return { room, start, client };
}

describe("which rules are taken", () => {
  it("refuses a garbage ruleset and keeps the last good one until a good one comes", async () => {
    const { room, client } = await connected();
    for (const garbage of [
      "{",
      "null",
      "[]",
      '{"kind":"whole"}',
      '{"kind":"whole","hash":"x","ruleset":{}}',
      "\u0000",
    ]) {
      room.faults.garbage = garbage;
      room.publish(stop);
      await soon(() => client.status().lastError?.startsWith("A ruleset was refused") === true);
      expect(serves(client)).toBe(BOTH_AI);
    }
    room.sound();
    await until(() => serves(client) === ONLY_SHIPPING);
  });

  it("does not let time pass, and grows stale, on rules the server says are outdated", async () => {
    const { room, client } = await connected({
      ...sampleRuleset,
      staleAfter: { coldStartMs: 60_000, runningMs: 120_000 },
      controls: { c1: { ...stopBilling, expiresAt: Date.UTC(2026, 10, 20, 12, 1) } },
    });
    expect(serves(client)).toBe(ONLY_SHIPPING);
    room.faults.garbage = "{";
    room.publish((ruleset) => ruleset);
    await pass(100_000);
    expect(serves(client)).toBe(ONLY_SHIPPING);
    await pass(40_000);
    expect(client.status().state).toBe("stale");
  });

  it("refuses content that does not match its hash", async () => {
    const { room, client } = await connected();
    room.faults.wrongHash = true;
    room.publish(stop);
    await soon(() => client.status().lastError?.includes("hash") === true);
    expect(serves(client)).toBe(BOTH_AI);
  });

  it("fetches the whole when a patch does not fit", async () => {
    const { room, client } = await connected();
    room.faults.wrongPatch = true;
    room.publish(stop);
    await until(() => serves(client) === ONLY_SHIPPING);
    expect(client.status().runsOn.ruleset?.version).toBe(8);
  });

  it("follows a restored database, whose epoch is new and whose version is lower", async () => {
    const { room, client } = await connected();
    const epoch = "22222222-2222-4222-8222-222222222222";
    room.restore({ ...sampleRuleset, epoch, version: 2 });
    await soon(() => client.status().runsOn.ruleset?.epoch === epoch);
    room.publish(stop);
    await soon(() => serves(client) === ONLY_SHIPPING);
  });

  it("ignores an older version of the same epoch", async () => {
    const { room, client } = await connected();
    room.publish(stop);
    await soon(() => serves(client) === ONLY_SHIPPING);
    room.restore({ ...sampleRuleset, version: 6 });
    await pass(30_000);
    expect(serves(client)).toBe(ONLY_SHIPPING);
  });

  it("falls back in the scope of an effect it does not know, and everywhere under a newer contract", async () => {
    const { room, client } = await connected();
    const unknown = JSON.parse('[{"kind":"teleport"}]') as (typeof stopBilling)["effects"];
    room.publish((ruleset) => withOnly(ruleset, { c1: { ...stopBilling, effects: unknown } }));
    await soon(() => serves(client) === ONLY_SHIPPING);
    const newer = JSON.parse(JSON.stringify({ ...sampleRuleset, version: 20, schemaVersion: 2 }));
    room.restore(newer);
    await soon(() => serves(client) === NO_AI);
  });

  it("is stale at once when its key is revoked, and recovers when it is accepted again", async () => {
    const { room, client } = await connected();
    room.faults.status = 401;
    room.endStreams();
    await until(() => client.status().state === "stale");
    expect(serves(client)).toBe(ONLY_SHIPPING);
    expect(client.status().lastError).toMatch(/key is not accepted/);
    room.sound();
    await until(() => client.status().state === "connected", 60_000);
    expect(serves(client)).toBe(BOTH_AI);
  });
});

describe("time", () => {
  it("lets a control expire by server time, whatever the host's clock says", async () => {
    const { room, start } = await setUp({
      ...sampleRuleset,
      controls: { c1: { ...stopBilling, expiresAt: Date.UTC(2026, 10, 20, 12, 1) } },
    });
    const ahead = start({}, { wallClock: () => Date.UTC(2030, 1, 1) });
    const behind = start({}, { wallClock: () => 0 });
    await until(() => ahead.status().state === "connected" && behind.status().state === "connected");
    expect([serves(ahead), serves(behind)]).toEqual([ONLY_SHIPPING, ONLY_SHIPPING]);
    await pass(65_000);
    expect([serves(ahead), serves(behind)]).toEqual([BOTH_AI, BOTH_AI]);
    room.publish((ruleset) => withOnly(ruleset, {}));
  });

  it("lets nothing expire while it is cut off", async () => {
    const { room, client } = await connected({
      ...sampleRuleset,
      controls: { c1: { ...stopBilling, expiresAt: Date.UTC(2026, 10, 20, 12, 1) } },
    });
    await room.close();
    await pass(3_600_000);
    expect(serves(client)).toBe(ONLY_SHIPPING);
    await room.open();
    await until(() => serves(client) === BOTH_AI, 35_000);
  });
});

describe("local stop", () => {
  it("holds by the environment variable, before and after the rules are known", async () => {
    const { start } = await setUp();
    const client = start({}, { env: (name) => (name === "EVENKEEL_STOP" ? "reply-assistant:billing" : undefined) });
    await until(() => client.status().state === "connected");
    expect(serves(client)).toBe(ONLY_SHIPPING);
    expect(client.status().localStop).toEqual(["reply-assistant:billing"]);
  });

  it("follows a file that appears, changes and goes", async () => {
    const { start } = await setUp();
    const file = join(await mkdtemp(join(tmpdir(), "evenkeel-")), "stop");
    const client = start({ localStop: file });
    await until(() => serves(client) === BOTH_AI);
    await writeFile(file, "# the vendor is down\nreply-assistant:billing\n");
    await until(() => serves(client) === ONLY_SHIPPING);
    await writeFile(file, "*");
    await until(() => serves(client) === NO_AI);
    await unlink(file);
    await until(() => serves(client) === BOTH_AI);
  });
});

describe("a stop file that may not be read", () => {
  it("stops everything, from the start or later, until it can be read or is gone", async () => {
    const { start } = await setUp();
    const folder = await mkdtemp(join(tmpdir(), "evenkeel-"));
    const file = join(folder, "stop");
    // A folder of that name: forbidden to read for root as well, who may read any file.
    await mkdir(file);
    const client = start({ localStop: file });
    await until(() => client.status().state === "connected");
    expect(serves(client)).toBe(NO_AI);
    expect(client.status().localStop).toEqual(["*"]);
    await rmdir(file);
    await until(() => serves(client) === BOTH_AI);
    await mkdir(file);
    await until(() => serves(client) === NO_AI);
    await rmdir(file);
    await writeFile(file, "reply-assistant:billing");
    await until(() => serves(client) === ONLY_SHIPPING);
  });
});

describe("starting without the server", () => {
  it("runs on the cache file of the last run, 0600, for 15 minutes", async () => {
    const { room, start } = await setUp();
    const cacheFile = join(await mkdtemp(join(tmpdir(), "evenkeel-")), "rules.json");
    const before = start({ cacheFile });
    await until(() => before.status().state === "connected");
    room.publish(stop);
    await soon(() => serves(before) === ONLY_SHIPPING);
    await before.close();
    expect((await stat(cacheFile)).mode & 0o777).toBe(0o600);
    expect(await readFile(cacheFile, "utf8")).not.toContain("ek_production_test");
    await room.close();

    const after = start({ cacheFile });
    await until(() => serves(after) === ONLY_SHIPPING);
    expect(after.status().runsOn).toMatchObject({ source: "cache-file", ruleset: { version: 8 } });
    await pass(14 * 60_000);
    expect(after.status().stale).toBe(false);
    await pass(2 * 60_000);
    expect(after.status().state).toBe("stale");

    // The server is right even where the file is newer than it.
    room.ruleset = sampleRuleset;
    await room.open();
    await until(() => after.status().runsOn.ruleset?.version === 7, 40_000);
    expect(serves(after)).toBe(BOTH_AI);
  });

  it("does not trust a cache file of three days ago, however often it starts", async () => {
    const { room, start } = await setUp();
    const cacheFile = join(await mkdtemp(join(tmpdir(), "evenkeel-")), "rules.json");
    const before = start({ cacheFile });
    await until(() => before.status().state === "connected");
    await before.close();
    await room.close();
    const file = JSON.parse(await readFile(cacheFile, "utf8"));
    await writeFile(cacheFile, JSON.stringify({ ...file, serverTime: file.serverTime - 3 * 86_400_000 }));
    for (let time = 0; time < 2; time++) {
      const after = start({ cacheFile });
      await until(() => after.status().runsOn.source === "cache-file");
      expect(serves(after)).toBe(ONLY_SHIPPING);
      expect(after.decide("reply-assistant", { scenarios: ["shipping"] }).mode).toBe("suggestion");
      expect(after.status().state).toBe("stale");
    }
    await room.open();
    const later = start({ cacheFile });
    await until(() => later.status().state === "connected");
    expect(serves(later)).toBe(BOTH_AI);
  });

  it("keeps the file fresh while it is in touch, though the rules stay the same, and not when it is cut off", async () => {
    const { room, start } = await setUp();
    const cacheFile = join(await mkdtemp(join(tmpdir(), "evenkeel-")), "rules.json");
    const before = start({ cacheFile });
    await until(() => before.status().state === "connected");
    await pass(20 * 60_000, 5_000);
    const crashed = join(cacheFile, "..", "crashed.json");
    await copyFile(cacheFile, crashed);
    await room.close();
    const after = start({ cacheFile: crashed });
    await until(() => after.status().runsOn.source === "cache-file");
    expect(after.status().stale).toBe(false);
    expect(serves(after)).toBe(BOTH_AI);
    await pass(20 * 60_000);
    await before.close();
    const later = start({ cacheFile });
    await until(() => later.status().runsOn.source === "cache-file");
    expect(later.status().state).toBe("stale");
  });

  it("does not follow a cache file of another key, a damaged one, or one that cannot be read", async () => {
    const { room, start } = await setUp();
    const folder = await mkdtemp(join(tmpdir(), "evenkeel-"));
    const cacheFile = join(folder, "rules.json");
    const before = start({ cacheFile });
    await until(() => before.status().state === "connected");
    await before.close();
    await room.close();
    const other = start({ cacheFile, key: "ek_staging_other" });
    await until(() => other.status().lastError?.includes("another control room") === true);
    await writeFile(cacheFile, (await readFile(cacheFile, "utf8")).replace("x-large", "x-evil"));
    const damaged = start({ cacheFile });
    await until(() => damaged.status().lastError?.includes("damaged") === true);
    const folderAsFile = start({ cacheFile: folder });
    await pass(2000);
    expect([serves(other), serves(damaged), serves(folderAsFile)]).toEqual([NO_AI, NO_AI, NO_AI]);
  });

  it("keeps working when the cache file cannot be written", async () => {
    const { start } = await setUp();
    const client = start({ cacheFile: "/proc/no/such/place" });
    await until(() => client.status().lastError?.includes("could not be written") === true);
    expect(serves(client)).toBe(BOTH_AI);
  });

  it("runs on the bootstrap ruleset when there is nothing else, and on the server's as soon as it speaks", async () => {
    const { room, start } = await setUp(sampleRuleset, true);
    const bootstrap = { ...withFeature(stop(sampleRuleset), { mode: "suggestion" }), version: 900 };
    const client = start({ bootstrap });
    await until(() => serves(client) === ONLY_SHIPPING);
    expect(client.status().runsOn).toMatchObject({ source: "bootstrap", ruleset: { version: 900 } });
    await room.open();
    await until(() => serves(client) === BOTH_AI, 35_000);
    const wrong = start({ bootstrap: "nonsense" });
    await until(() => wrong.status().state === "connected");
  });

  it("keeps deciding by the bootstrap ruleset it was given, whatever becomes of the host's object", async () => {
    const { start } = await setUp(sampleRuleset, true);
    let spoiled = false;
    const given: { features: unknown; controls: unknown } = structuredClone(sampleRuleset);
    const features = given.features;
    const bootstrap = Object.defineProperty(given, "features", {
      enumerable: true,
      get() {
        if (spoiled) throw new Error("the host fails");
        return features;
      },
    });
    const client = start({ bootstrap });
    await until(() => serves(client) === BOTH_AI);
    spoiled = true;
    expect(serves(client)).toBe(BOTH_AI);
    const result = await client.run(
      "reply-assistant",
      { scenarios: ["shipping"] },
      { generate: () => ({ output: "x" }), fallbacks: { manual: () => "form" } },
    );
    expect(result).toMatchObject({ output: "x" });

    await pass(16 * 60_000);
    expect(client.status().state).toBe("stale");
    expect(serves(client)).toBe(ONLY_SHIPPING);

    const warnings: string[] = [];
    const broken = start({ bootstrap, logger: { warn: (words) => warnings.push(words) } });
    await until(() => warnings.some((words) => words.includes("cannot be read")));
    expect(serves(broken)).toBe(NO_AI);
  });
});
