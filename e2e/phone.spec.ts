import type { Page } from "@playwright/test";
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

/** What reaches beyond the right edge of the screen, the outermost only; what scrolls within itself does not. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const beyond = [...document.querySelectorAll("body *")].filter(
      (each) => each.getBoundingClientRect().right > edge + 0.5,
    );
    const outermost = beyond.filter((each) => !beyond.some((other) => other !== each && other.contains(each)));
    const names = outermost.map((each) => `<${each.tagName.toLowerCase()}> ${each.textContent?.slice(0, 60)}`);
    return names.length > 0 ? names : [`the page by ${document.documentElement.scrollWidth - edge} px`];
  });
}

test("nothing is wider than the phone", async ({ page, asPerson, room, feature, metrics }) => {
  const expectFits = async (where: string) => expect(await tooWide(page), where).toEqual([]);
  await asPerson("lead");
  await expectFits("control room");
  await room.somethingIsWrong.tap();
  await expect(room.control(BILLING)).toBeVisible();
  await expectFits("what can be stopped");
  await feature.open();
  await expectFits("feature");
  await feature.showActivity();
  await expectFits("activity");
  await metrics.open();
  await expectFits("metrics");
  await metrics.openMetric("Correction time");
  await expect(metrics.opened.getByRole("img").first()).toBeVisible();
  await expectFits("a metric, opened");
  for (const path of ["/production/features/reply-assistant/readiness", "/production/settings"]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectFits(path);
  }
});
