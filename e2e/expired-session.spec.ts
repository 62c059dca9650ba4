import { BILLING, demoPassword, expect, test } from "./fixtures.ts";

test("a stop clicked after the session ended is kept through sign-in and carried out", async ({
  page,
  context,
  asPerson,
  room,
  signInPage,
}) => {
  await asPerson("lead");
  await room.somethingIsWrong.click();
  await expect(room.control(BILLING)).toBeVisible();
  await context.clearCookies();
  await room.control(BILLING).click();

  await signInPage.expectShown();
  await expect(page.getByText("Your stop is kept.")).toBeVisible();
  await expect(page.getByText(BILLING)).toBeVisible();
  await signInPage.signIn("lead", demoPassword());

  await expect(room.dialog.getByText("the stop you had clicked was carried out")).toBeVisible();
  await room.expectStopped();
  await room.open("/production/features/reply-assistant");
  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "true");
});

test("where the browser keeps nothing, the stop waits on the page and goes out after a sign-in beside it", async ({
  page,
  context,
  asPerson,
  room,
}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  await asPerson("lead");
  await room.somethingIsWrong.click();
  await expect(room.control(BILLING)).toBeVisible();
  const session = await context.cookies();
  await context.clearCookies();
  await room.control(BILLING).click();

  await expect(page.getByText("Sign in in another tab.")).toBeVisible();
  await context.addCookies(session);
  await room.expectStopped();
});

test("somebody else at the same desk is asked first", async ({ page, context, asPerson, room, signInPage }) => {
  await asPerson("lead");
  await room.somethingIsWrong.click();
  await expect(room.control(BILLING)).toBeVisible();
  await context.clearCookies();
  await room.control(BILLING).click();
  await signInPage.expectShown();
  await signInPage.signIn("author", demoPassword());

  await expect(room.dialog.getByText(/lead@example.com clicked this stop/)).toBeVisible();
  await room.dialog.getByRole("button", { name: "Leave it" }).click();
  await page.goto("/production/features/reply-assistant");
  await expect(room.control(BILLING)).toHaveAttribute("aria-checked", "false");
});
