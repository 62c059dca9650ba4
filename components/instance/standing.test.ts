import { expect, test } from "vitest";
import type { InstanceView } from "#lib/services/instances/schema.ts";
import { standing } from "./standing.ts";

const instance: InstanceView = {
  id: "i",
  app: "support-desk",
  name: "support-desk on web-2",
  lastHeardAt: "2026-11-20T16:00:00.000Z",
  heard: true,
  follows: { version: 7, since: "2026-11-20T15:00:00.000Z" },
  current: true,
  features: [],
};

test("silence outweighs what was last known: nobody unheard is called current", () => {
  expect(standing(instance).kind).toBe("current");
  expect(standing({ ...instance, current: false }).kind).toBe("behind");
  expect(standing({ ...instance, follows: null, current: false }).kind).toBe("behind");
  expect(standing({ ...instance, heard: false }).kind).toBe("silent");
});
