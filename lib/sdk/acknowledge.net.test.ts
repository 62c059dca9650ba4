import { expect, it } from "vitest";
import { setUp } from "./testing/set-up.ts";
import { pass, until } from "./testing/virtual-time.ts";

it("tells of a feature's first use soon, and not again for every use", async () => {
  const { room, start } = await setUp();
  const client = start();
  await until(() => client.status().state === "connected");
  await pass(1_000);
  const before = room.acknowledgements.length;
  client.decide("reply-assistant");
  client.decide("reply-assistant");
  await until(() => room.acknowledgements.length > before, 1_000);
  expect(Object.keys(room.acknowledgements.at(-1)?.features ?? {})).toEqual(["reply-assistant"]);
  client.decide("reply-assistant");
  await pass(2_000);
  expect(room.acknowledgements).toHaveLength(before + 1);
});
