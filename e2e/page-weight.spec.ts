import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** Script that a page may load before anybody touches it, bytes as they come over the wire. */
const MOST_SCRIPT = 200_000;

/** Every script of the page so far, heaviest first: what it weighs compressed, and its name. */
function scriptsOf(page: Page): Promise<{ name: string; bytes: number }[]> {
  return page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const weight = new Map<string, number>();
    for (const { name, encodedBodySize } of entries) {
      const { pathname } = new URL(name);
      if (pathname.endsWith(".js")) weight.set(pathname, Math.max(encodedBodySize, weight.get(pathname) ?? 0));
    }
    return [...weight].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
  });
}

const PAGES = [
  "/production",
  "/production/features/reply-assistant",
  "/production/features/reply-assistant/metrics",
  "/production/features/reply-assistant/readiness",
  "/production/settings",
];

async function expectLight(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  const scripts = await scriptsOf(page);
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  const unmeasured = scripts.filter(({ bytes }) => bytes === 0);
  expect.soft(unmeasured, `${path}: scripts without a weight`).toEqual([]);
  expect.soft(scripts.length, `${path}: scripts that were seen`).toBeGreaterThan(3);
  expect
    .soft(total, `${path}: ${scripts.map(({ name, bytes }) => `${bytes} ${name}`).join("\n")}`)
    .toBeLessThan(MOST_SCRIPT);
  test.info().annotations.push({ type: "script", description: `${path} ${Math.round(total / 1000)} kB` });
}

test("no page loads more than 200 kB of script before it is touched", async ({ page, asPerson }) => {
  await expectLight(page, "/sign-in");
  await asPerson("lead");
  for (const path of PAGES) await expectLight(page, path);
});
