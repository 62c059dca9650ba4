import { expect, expectServed, test } from "./desk-fixtures.ts";
import { BILLING, expectReady } from "./fixtures.ts";

test("by keyboard alone: three processes stop, proved; the switch on the feature's page lifts it again", async ({
  page,
  asPerson,
  room,
  feature,
  desks,
}) => {
  await asPerson("lead");
  await page.keyboard.press("!");
  await expect(page.getByRole("searchbox", { name: "Find a stop" })).toBeFocused();
  await page.keyboard.type("billing dis");
  await expect(room.control(BILLING)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await room.expectConfirmed(3, 3);
  await expectServed(desks, "billing", "template");
  await expectServed(desks, "shipping", "answered");
  await page.keyboard.press("Escape");

  await feature.open();
  await expectReady(page);
  await expect(room.control(BILLING)).toBeChecked();
  await room.control(BILLING).focus();
  await page.keyboard.press("Space");
  await expect(room.control(BILLING)).not.toBeChecked();
  await expectServed(desks, "billing", "answered");
});
