import { expect, type Page } from "@playwright/test";

/** People that every seeded demo has, by what comes before `@example.com`. */
export type Who = "pm" | "lead" | "reviewer" | "author" | "admin" | "viewer";

export class SignInPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async signIn(who: Who, password: string): Promise<void> {
    await this.page.getByLabel("Email").fill(`${who}@example.com`);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async expectShown(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: "Sign in to Evenkeel" })).toBeVisible();
  }
}
