import type { InstanceView } from "#lib/services/instances/schema.ts";
import { BILLING, expect, test } from "./fixtures.ts";

test("a stop clicked while the network is cut is kept, sent again, and says so", async ({
  page,
  context,
  asPerson,
  room,
}) => {
  await asPerson("lead");
  await room.somethingIsWrong.click();
  await expect(room.control(BILLING)).toBeVisible();
  await context.setOffline(true);
  await room.control(BILLING).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not stopped yet." })).toBeVisible();
  await context.setOffline(false);
  await room.expectStopped();
});

test("a screen that hears nothing says since when, and goes on by itself", async ({ page, context, asPerson }) => {
  await asPerson("lead");
  await context.setOffline(true);
  await expect(page.getByText(/Not updated since \d\d:\d\d:\d\d/)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/Not updated since/)).toBeHidden();
});

test("a page whose server action hangs can still stop", async ({ page, asPerson, room }) => {
  const silent: InstanceView = {
    id: "0199a1de-0000-7000-8000-000000000001",
    app: "support-desk",
    name: "support-desk on web-9",
    lastHeardAt: new Date(0).toISOString(),
    heard: false,
    follows: null,
    current: false,
    features: [],
  };
  await asPerson("lead");
  await page.route("**/api/console/live?*", async (route) => {
    const answer = await route.fetch();
    const body: { instances: InstanceView[] } = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, instances: [silent] } });
  });
  let hanging = 0;
  await page.route("**/production", async (route) => {
    if (route.request().headers()["next-action"] === undefined) return route.continue();
    hanging++;
  });
  await page.getByRole("button", { name: "It is gone for good" }).click();
  await expect(page.getByRole("button", { name: "Dismissing…" })).toBeVisible();
  await expect.poll(() => hanging).toBe(1);

  await room.stop(BILLING);
  await room.expectStopped();
  await room.undo();
  expect(hanging).toBe(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
