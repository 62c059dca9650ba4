import { expect, type Locator, type Page } from "@playwright/test";

/** The readiness of a feature: the checklist, and how it is measured. */
export class ReadinessPage {
  readonly page: Page;
  readonly trustFailure: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.page = page;
    this.trustFailure = page.getByRole("textbox", { name: "What would trust erosion look like here, concretely?" });
    this.save = page.getByRole("button", { name: "Save how it is measured" });
  }

  async open(key = "reply-assistant", environment = "production"): Promise<void> {
    await this.page.goto(`/${environment}/features/${key}/readiness`);
    await expect(this.page.getByText("Updating live")).toBeAttached();
  }

  metric(name: string): Locator {
    return this.page.getByRole("checkbox", { name: new RegExp(`^${name}`) });
  }

  /** A line of the checklist by its title. */
  item(title: string | RegExp): Locator {
    return this.page.getByRole("listitem").filter({ has: this.page.getByRole("heading", { name: title }) });
  }

  async expectSaved(): Promise<void> {
    await expect(this.page.getByText("Everything is saved.")).toBeVisible();
  }
}
