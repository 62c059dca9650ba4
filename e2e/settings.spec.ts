import { expect, test } from "./fixtures.ts";

test("an admin is told what will be deleted before the click", async ({ page, asPerson }) => {
  await asPerson("admin");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  const days = page.getByRole("spinbutton", { name: "Days to keep" });
  const before = Number(await days.inputValue());
  await days.fill(String(before - 1));
  await expect(page.getByText(/are deleted within the hour/)).toBeVisible();
  await page.getByRole("button", { name: `Keep ${before - 1} days and delete what is older` }).click();
  await expect(page.getByText(`Raw events are kept for ${before - 1} days.`)).toBeVisible();
  await days.fill(String(before));
  await expect(page.getByText(/^Nothing is deleted/)).toBeVisible();
  await page.getByRole("button", { name: `Keep them for ${before} days` }).click();
  await expect(page.getByText(`Raw events are kept for ${before} days.`)).toBeVisible();
});

test("everyone else sees it and who may change it", async ({ page, asPerson }) => {
  await asPerson("lead");
  await page.goto("/production/settings");
  await expect(page.getByText(/Raw events are kept for \d+ days\./)).toBeVisible();
  await expect(page.getByText(/admin can change how long raw events are kept/)).toBeVisible();
  await expect(page.getByRole("spinbutton")).toHaveCount(0);
});
