import { BILLING, expect, SHIPPING, takeBackAll, test } from "./fixtures.ts";
import { ConsolePage } from "./pages/console.ts";

test("two clicks stop it, the card says so, and undo gives it back; both stay in the activity", async ({
  page,
  asPerson,
  room,
  feature,
}) => {
  await asPerson("lead");
  await room.stop(BILLING);
  await room.expectStopped();
  await room.dialog.getByLabel(/^Why\?/).fill("It promised refunds we do not give");
  await room.dialog.getByRole("button", { name: "Save reason" }).click();
  await expect(room.dialog.getByText("Reason kept")).toBeVisible();
  await room.close();
  await expect(page.getByRole("main").getByText("Limited", { exact: true }).first()).toBeVisible();

  await feature.open();
  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "true");
  await expect(page.getByText("It promised refunds we do not give").first()).toBeVisible();
  await room.control(BILLING).click();
  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "false");
  await expect(page.getByText("Lifted", { exact: true })).toBeVisible();

  await feature.showActivity();
  await expect(feature.activity.nth(0)).toContainText("billing");
  await expect(feature.activity.filter({ hasText: "It promised refunds we do not give" }).first()).toBeVisible();
});

test("what the click would do is said before it: whom it touches and what they see", async ({ asPerson, room }) => {
  await asPerson("lead");
  await room.somethingIsWrong.click();
  const described = await room.control(BILLING).getAttribute("aria-describedby");
  const impact = room.page.locator(`[id="${described}"]`);
  await expect(impact).toContainText(/hour|reported/);
  await expect(impact).toContainText(/Customers see|template/i);
});

test("a colleague's stop shows without a reload, and lifting it names who could approve", async ({
  page,
  browser,
  asPerson,
  room,
  feature,
}) => {
  await asPerson("lead");
  await feature.open();
  const other = await (await browser.newContext()).newPage();
  await asPerson("author", other);
  const theirs = new ConsolePage(other);
  await theirs.stop(BILLING);
  await theirs.expectStopped();

  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "true");
  await room.control(BILLING).click();
  await expect(page.getByRole("alert").filter({ hasText: "You cannot lift this alone" })).toBeVisible();
  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "true");
});

test("a reason not given waits on the control room", async ({ page, asPerson, room, feature }) => {
  await asPerson("lead");
  await room.stop(BILLING);
  await room.expectStopped();
  await room.open();
  const inbox = page.getByRole("region", { name: "Waiting for you" });
  await expect(inbox.getByText(BILLING).first()).toBeVisible();
  const newest = inbox.getByRole("listitem").first();
  await newest.getByRole("textbox").fill("Wrong amounts in three answers");
  const saved = page.waitForResponse("**/api/console/reason");
  await newest.getByRole("button", { name: "Save reason" }).click();
  expect((await saved).ok()).toBe(true);
  await feature.open();
  await expect(page.getByText("Wrong amounts in three answers").first()).toBeVisible();
});

test("a stop that is undone leaves what waits for me, without a reload", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await room.stop(SHIPPING);
  await room.expectStopped();
  // Loaded with the stop, so that the page itself says that it waits.
  await room.open();
  const inbox = page.getByRole("region", { name: "Waiting for you" });
  await expect(inbox.getByText(SHIPPING).first()).toBeVisible();
  const waiting = await inbox.getByText(SHIPPING).count();
  await takeBackAll(page);
  await expect(inbox.getByText(SHIPPING)).toHaveCount(waiting - 1);
});

test("a click before the page's script has arrived still opens the door", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/production", { waitUntil: "commit" });
  await room.somethingIsWrong.click({ noWaitAfter: true });
  await page.waitForURL(/something-is-wrong/, { waitUntil: "commit" });
  release();
  await expect(room.control(BILLING)).toBeVisible();
  await expect(page).toHaveURL(/\/production$/);
});
