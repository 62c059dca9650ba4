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
