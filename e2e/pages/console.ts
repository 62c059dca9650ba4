import { expect, type Locator, type Page } from "@playwright/test";

/** What every page of the console has: the emergency door and what it opens. */
export class ConsolePage {
  readonly page: Page;
  readonly somethingIsWrong: Locator;
  readonly dialog: Locator;
  /** The count of confirmations, wherever it is shown now. */
  readonly proof: Locator;

  constructor(page: Page) {
    this.page = page;
    this.somethingIsWrong = page.getByRole("button", { name: "Something is wrong" });
    this.dialog = page.getByRole("dialog");
    this.proof = page.getByRole("status");
  }

  async open(path = "/production"): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByText("Updating live")).toBeAttached();
  }

  /** A control by its sentence; in the dialog when that is open, because it hides what is behind it. */
  control(sentence: string): Locator {
    return this.page.getByRole("switch", { name: sentence, exact: true });
  }

  /** Two clicks from anywhere. */
  async stop(sentence: string): Promise<void> {
    await this.somethingIsWrong.click();
    await this.control(sentence).click();
  }

  async expectStopped(): Promise<void> {
    await expect(this.dialog.getByText("Stopped", { exact: true })).toBeVisible();
  }

  async expectConfirmed(confirmed: number, of: number): Promise<void> {
    await expect(this.proof).toHaveText(`${confirmed} of ${of} confirmed`);
  }

  async undo(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Undo" }).click();
    await expect(this.dialog.getByText("Lifted", { exact: true })).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.dialog).toBeHidden();
  }
}
