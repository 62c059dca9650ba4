import { expect, test } from "./fixtures.ts";
import { ReadinessPage } from "./pages/readiness.ts";

test("what is missing is said in words, and saving it makes the line hold", async ({ page, asPerson }) => {
  await asPerson("pm");
  const readiness = new ReadinessPage(page);
  await readiness.open("call-notes", "staging");
  const written = readiness.item(/losing trust/i);
  await expect(written).toContainText("Missing");
  await readiness.trustFailure.fill("Colleagues listen to the whole call again instead of reading the notes.");
  await readiness.save.click();
  await readiness.expectSaved();
  await expect(written).toContainText("Holds");
  await page.reload();
  await expect(readiness.trustFailure).toHaveValue(
    "Colleagues listen to the whole call again instead of reading the notes.",
  );
});

test("what is typed survives going elsewhere and coming back", async ({ page, asPerson }) => {
  await asPerson("pm");
  const readiness = new ReadinessPage(page);
  await readiness.open("knowledge-answers");
  await readiness.trustFailure.fill("They search by hand first.");
  await expect(page.getByText("Not saved yet.")).toBeVisible();
  await page.getByRole("link", { name: "Controls", exact: true }).click();
  await expect(page.getByRole("searchbox", { name: "Find a restriction" })).toBeVisible();
  await page.getByRole("link", { name: "Readiness", exact: true }).click();
  await expect(readiness.trustFailure).toHaveValue("They search by hand first.");
  await expect(page.getByText("This is what you typed before and had not saved.")).toBeVisible();
  await page.getByRole("button", { name: "Discard my changes" }).click();
  await readiness.expectSaved();
});

test("somebody else saved meanwhile: who, what, and nothing typed is lost", async ({ page, browser, asPerson }) => {
  await asPerson("pm");
  const mine = new ReadinessPage(page);
  await mine.open();
  const other = await (await browser.newContext()).newPage();
  await asPerson("reviewer", other);
  const theirs = new ReadinessPage(other);
  await theirs.open();
  await theirs.metric("Edit rate").click();
  await theirs.save.click();
  await theirs.expectSaved();
  const chosen = await theirs.metric("Edit rate").isChecked();

  await mine.trustFailure.fill("They stop accepting drafts in refunds.");
  await mine.save.click();
  const news = page.getByRole("alert").filter({ hasText: "changed the metrics chosen" });
  await expect(news).toBeVisible();
  await expect(mine.trustFailure).toHaveValue("They stop accepting drafts in refunds.");
  await expect(mine.metric("Edit rate")).toBeChecked({ checked: chosen });
  await mine.save.click();
  await mine.expectSaved();
});
