import { env } from "#lib/env.ts";
import { type Conversation, type Desk, type ModelServer, startDesk, startModelServer } from "./desks.ts";
import { test as base, expect } from "./fixtures.ts";

type DeskFixtures = {
  modelServer: ModelServer;
  /** Three processes of a real product, each of which has used the reply assistant and is known for it. */
  desks: Desk[];
};

/** Journeys in which a real product, elsewhere on the machine, obeys. The desks run the packed SDK and close in order afterwards. */
export const test = base.extend<DeskFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  modelServer: async ({}, use) => {
    const server = await startModelServer(set("EVENKEEL_DESK_FOLDER"));
    await use(server);
    await server.stop();
  },
  desks: async ({ modelServer, baseURL }, use) => {
    const settings = { url: baseURL ?? "", key: set("EVENKEEL_DESK_KEY"), modelUrl: modelServer.url };
    const folder = set("EVENKEEL_DESK_FOLDER");
    const desks = await Promise.all(
      ["desk-1", "desk-2", "desk-3"].map((name) => startDesk(folder, { ...settings, name })),
    );
    await Promise.all(desks.map((desk) => desk.ask({ category: "shipping" })));
    await use(desks);
    await Promise.all(desks.map((desk) => desk.stop()));
  },
});

function set(name: "EVENKEEL_DESK_FOLDER" | "EVENKEEL_DESK_KEY"): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: the journeys' set-up sets it.`);
  return value;
}

/** Waits until every desk answers a message of this category in this way, and returns the answers. */
export async function expectServed(desks: Desk[], category: string, state: Conversation["state"]) {
  const answers: Conversation[] = [];
  for (const [i, desk] of desks.entries()) {
    await expect(async () => {
      const answer = await desk.ask({ category, userId: `customer-${i}` });
      expect(`${desk.name}: ${answer.state}`).toBe(`${desk.name}: ${state}`);
      answers[i] = answer;
    }).toPass({ intervals: [100], timeout: 5000 });
  }
  return answers;
}

export { expect };
