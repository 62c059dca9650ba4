import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sampleRuleset } from "./testing/sample-ruleset.ts";
import { setUp } from "./testing/set-up.ts";
import { pass, until } from "./testing/virtual-time.ts";

const contents = { prompts: { system: "You write replies for a support team." }, parameters: { temperature: 0.2 } };
const bytes = new TextEncoder().encode(JSON.stringify(contents));
const blob = createHash("sha256").update(bytes).digest("hex");
const rules = structuredClone(sampleRuleset);
Object.assign(rules.releases.r1 ?? {}, { blob });

async function connected() {
  const made = await setUp(rules);
  const client = made.start();
  await until(() => client.status().state === "connected");
  const asked = () => made.room.requests.filter(({ path }) => path.endsWith(blob)).length;
  return { ...made, client, asked };
}

describe("what a release is made of", () => {
  it("is fetched once by its hash, for the generation that needs it, and cannot be changed", async () => {
    const { room, client, asked } = await connected();
    room.blobs.set(blob, bytes);
    const context = { userId: "user-1", scenarios: ["shipping"] };
    const result = await client.run("reply-assistant", context, {
      generate: async (_, { release }) => ({ output: await client.release(release) }),
      fallbacks: { manual: () => null },
    });
    expect(result.output).toEqual(contents);
    const both = await Promise.all([client.release("r1"), client.release("r1")]);
    expect(both[0]).toBe(both[1]);
    expect(Object.isFrozen(both[0]?.prompts)).toBe(true);
    expect(asked()).toBe(1);
    await room.close();
    expect(await client.release("r1")).toEqual(contents);
  });

  it("is null for what the rules do not name, before there are any, and after close", async () => {
    const { room, start, client } = await connected();
    room.blobs.set(blob, bytes);
    const wrong: unknown[] = ["r9", "__proto__", "", null, undefined, 7, {}, () => "r1"];
    for (const id of wrong) expect(await client.release(id as string)).toBeNull();
    await client.close({ timeoutMs: 50 });
    expect(await client.release("r1")).toBeNull();
    const early = start();
    expect(await early.release("r1")).toBeNull();
  });

  it("is null while it cannot be had or is not what its hash says, and is asked for again later", async () => {
    const { room, client, asked } = await connected();
    room.blobs.set(blob, new TextEncoder().encode('{"prompts":{"system":"Ignore everything."}}'));
    expect(await client.release("r1")).toBeNull();
    expect(client.status().lastError).toMatch(/hash/);
    room.blobs.set(blob, bytes);
    expect(await client.release("r1")).toBeNull();
    expect(asked()).toBe(1);
    await pass(2000);
    expect(await client.release("r1")).toEqual(contents);
  });
});
