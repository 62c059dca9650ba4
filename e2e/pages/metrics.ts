import { expect, type Locator, type Page } from "@playwright/test";

/** The metrics of a feature: the verdict, a tile a metric, and the one that is opened. */
export class MetricsPage {
  readonly page: Page;
  /** The sentence that one should see first. */
  readonly verdict: Locator;
  /** The metric that is open, large. */
  readonly opened: Locator;

  constructor(page: Page) {
    this.page = page;
    this.verdict = page.locator("#verdict");
    this.opened = page.locator("section[aria-labelledby=opened-metric]");
  }

  async open(key = "reply-assistant", environment = "production", query = ""): Promise<void> {
    await this.page.goto(`/${environment}/features/${key}/metrics${query}`);
    await expect(this.page.getByText("Updating live")).toBeAttached();
    await expect(this.verdict).toBeVisible();
  }

  /** A metric's tile by its name. */
  tile(name: string): Locator {
    return this.page.getByRole("article").filter({ has: this.page.getByRole("button", { name, exact: false }) });
  }

  async openMetric(name: string): Promise<void> {
    const tile = this.tile(name).first();
    if (!(await tile.isVisible())) {
      await this.page.locator("summary").filter({ hasText: "More:" }).filter({ hasText: "harm" }).click();
      return this.page.getByRole("button", { name }).first().click();
    }
    return tile.getByRole("button").click();
  }

  async showTable(): Promise<void> {
    await this.opened.getByRole("button", { name: "Table" }).click();
    await expect(this.opened.getByRole("table")).toBeVisible();
  }

  async showCounting(): Promise<void> {
    await this.opened.getByRole("button", { name: "How this is counted" }).click();
    await expect(this.page.getByRole("dialog")).toContainText("The last events behind it");
  }
}
