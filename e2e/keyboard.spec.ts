import { BILLING, expect, expectReady, test } from "./fixtures.ts";

test("stop and take back by keyboard alone", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await page.keyboard.press("!");
  await expect(page.getByRole("searchbox", { name: "Find a stop" })).toBeFocused();
  await page.keyboard.type("billing dis");
  await expect(room.control(BILLING)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(room.control(BILLING)).toBeFocused();
  await page.keyboard.press("Space");
  await room.expectStopped();

  const undo = room.dialog.getByRole("button", { name: "Undo" });
  for (let tabs = 0; tabs < 12; tabs++) {
    if (await undo.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(room.dialog.getByText("Lifted", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(room.dialog).toBeHidden();
});

test("Ctrl-K finds a stop and opens it where it can be switched", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("billing cases");
  await expect(page.getByRole("option", { name: BILLING })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox", { name: "Find a stop" })).toHaveValue(/billing cases/);
  await expect(room.control(BILLING)).toBeVisible();
});

test("g then a letter goes, ? helps, and single letters can be turned off", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/tab=activity/);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveURL(/\/production$/);
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /single letters/ }).uncheck();
  await room.close();
  await page.keyboard.press("!");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search" })).toBeVisible();
});

test("the first Tab offers to skip to the content, and the focus is always visible", async ({ page, asPerson }) => {
  await asPerson("lead");
  await page.reload();
  await expectReady(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});
