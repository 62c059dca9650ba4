import { BILLING, demoPassword, expect, test } from "./fixtures.ts";

test("a wrong password is answered in words, keeps the address and locks nobody out", async ({ page, signInPage }) => {
  await page.goto("/sign-in");
  await signInPage.signIn("lead", "not the password");
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("lead@example.com");
  await signInPage.signIn("lead", demoPassword());
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a link leads through sign-in to where it pointed", async ({ page, signInPage }) => {
  await page.goto("/production/features/reply-assistant");
  await signInPage.expectShown();
  await signInPage.signIn("lead", demoPassword());
  await expect(page.getByRole("link", { name: "Controls", exact: true })).toBeVisible();
});

test("signing out ends the session for the emergency doors too", async ({ page, asPerson, signInPage }) => {
  await asPerson("lead");
  await page.getByRole("button", { name: /theme, help, sign out/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await signInPage.expectShown();
  const live = await page.request.get("/api/console/live?environment=production");
  expect(live.status()).toBe(401);
});

test("a viewer sees everything, may stop nothing, and reads who could", async ({ page, asPerson, room }) => {
  await asPerson("viewer");
  await room.somethingIsWrong.click();
  const billing = room.control(BILLING);
  await expect(billing).toHaveAttribute("aria-disabled", "true");
  await expect(room.dialog.getByText("You may look, but not stop")).toBeVisible();
  await billing.click({ force: true });
  await expect(billing).toHaveAttribute("aria-checked", "false");
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was changed" })).toBeVisible();
});

for (const who of ["lead", "pm", "reviewer", "author", "admin"] as const) {
  test(`${who} may stop`, async ({ asPerson, room }) => {
    await asPerson(who);
    await room.somethingIsWrong.click();
    await expect(room.control(BILLING)).not.toHaveAttribute("aria-disabled", "true");
  });
}
