import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { BILLING, expect, test } from "./fixtures.ts";

type Theme = "light" | "dark";

/** A theme changes colours and nothing else, so that is all that is looked for in the dark one. */
function rulesOf(builder: AxeBuilder, theme: Theme): AxeBuilder {
  if (theme === "dark") return builder.withRules(["color-contrast", "link-in-text-block"]);
  return builder.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
}

async function expectNothing(page: Page, where: string, theme: Theme): Promise<void> {
  // Not of a page that is still on its way.
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  const { violations } = await rulesOf(new AxeBuilder({ page }), theme).analyze();
  const found = violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.html).join(" | ")}`);
  expect.soft(found).toEqual([]);
}

for (const theme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`${theme}, ${width} wide`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: 844 }, contextOptions: { reducedMotion: "reduce" } });

      test("axe finds nothing on any screen", async ({ page, asPerson, room, feature, metrics }) => {
        test.slow();
        const expectNothingFound = (on: Page, where: string) => expectNothing(on, where, theme);
        await page.goto("/sign-in");
        await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
        await expectNothingFound(page, "sign-in");

        await asPerson("lead");
        await expectNothingFound(page, "control room");
        await room.somethingIsWrong.click();
        await expect(room.control(BILLING)).toBeVisible();
        await expectNothingFound(page, "the choice of stops");
        await room.control(BILLING).click();
        await room.expectStopped();
        await expectNothingFound(page, "the proof");
        await room.close();
        await expectNothingFound(page, "control room, something stopped");

        await feature.open();
        await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "true");
        await expectNothingFound(page, "controls");
        await feature.showActivity();
        await expectNothingFound(page, "activity");
        await page.keyboard.press("?");
        await expect(room.dialog).toBeVisible();
        await expectNothingFound(page, "help");
        await room.close();
        await page.keyboard.press("Control+k");
        await expect(room.dialog).toBeVisible();
        await expectNothingFound(page, "palette");
        await room.close();

        await metrics.open();
        await expectNothingFound(page, "metrics");
        await metrics.openMetric("Correction time");
        await expect(metrics.opened).toBeVisible();
        await expectNothingFound(page, "a metric, large");
        await metrics.showTable();
        await expectNothingFound(page, "a metric as a table");
        await metrics.showCounting();
        await expectNothingFound(page, "how it is counted");
        await room.close();
        await page.goto("/production/features/reply-assistant/readiness");
        await expect(page.getByRole("button", { name: "Add a kind of incident" })).toBeVisible();
        await expectNothingFound(page, "readiness");
        await page.goto("/production/settings");
        await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
        await expectNothingFound(page, "settings");

        await page.goto("/production/features/nothing-of-this-name");
        await expectNothingFound(page, "not found");
        await feature.open();
      });
    });
  }
}
