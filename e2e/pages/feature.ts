import { expect, type Locator, type Page } from "@playwright/test";

export class FeaturePage {
  readonly page: Page;
  readonly activity: Locator;

  constructor(page: Page) {
    this.page = page;
    this.activity = page.getByRole("region", { name: "Activity" }).getByRole("listitem");
  }

  async open(key = "reply-assistant", environment = "production"): Promise<void> {
    await this.page.goto(`/${environment}/features/${key}`);
    await expect(this.page.getByText("Updating live")).toBeAttached();
  }

  async showActivity(): Promise<void> {
    await this.page.getByRole("link", { name: "Activity", exact: true }).click();
    await expect(this.activity.first()).toBeVisible();
  }
}
