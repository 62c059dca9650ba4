import { BILLING, expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("on a phone the door is under the thumb, and two taps stop", async ({ asPerson, room }) => {
  await asPerson("lead");
  const box = await room.somethingIsWrong.boundingBox();
  expect(box?.y).toBeGreaterThan(844 * 0.85);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await room.somethingIsWrong.tap();
  await room.control(BILLING).tap();
  await room.expectStopped();
  await room.undo();
});

test("nothing is wider than the phone", async ({ page, asPerson, room, feature }) => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await asPerson("lead");
  expect(await overflow()).toBeLessThanOrEqual(0);
  await room.somethingIsWrong.tap();
  await expect(room.control(BILLING)).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await feature.open();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await feature.showActivity();
  expect(await overflow()).toBeLessThanOrEqual(0);
});
