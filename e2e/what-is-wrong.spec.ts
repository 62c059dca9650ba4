import type { Page } from "@playwright/test";
import { BILLING, expect, test } from "./fixtures.ts";

const APPROVAL = "Require approval before send";
const VERDICTS = "**/api/console/metrics/verdicts*";

/** The stops in the order in which they stand. */
function stopsOf(page: Page): Promise<string[]> {
  return page.getByRole("dialog").getByRole("switch").allTextContents();
}

test("what the figures say stands above the stops, and what fits it first", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Reply assistant: harm is up");
  await room.somethingIsWrong.click();
  const said = room.dialog.getByRole("region", { name: "What the figures say" });
  await expect(said).toContainText(/Reply assistant, last 7 days\. Harm is up: correction time \d+ s, was \d+ s\./);
  await expect(said).toContainText(/kinds? of case|[Ww]orse in|in none clearly more/);
  const fits = room.dialog.getByRole("region", { name: "What fits first" });
  const first = fits.getByRole("switch");
  await expect(first.first()).toHaveAccessibleName(APPROVAL);
  await expect(first.last()).toHaveAccessibleName("Turn off Reply assistant");
  // It is an order, not a choice: every other stop stands where it always does, once.
  await expect(room.control(BILLING)).toHaveCount(1);
  await expect(room.control("Disable AI summaries for complaints cases")).toHaveCount(1);
});

test("the stops never wait for figures, and never move when those come late", async ({ page, asPerson, room }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await asPerson("lead");
  await page.route(VERDICTS, async (route) => {
    await held;
    await route.continue();
  });
  await room.open("/production/settings");
  await room.somethingIsWrong.click();
  await expect(room.control(BILLING)).toBeVisible();
  await expect(room.dialog.getByRole("status")).toContainText("Reading the figures.");
  const [usual, place] = [await stopsOf(page), await room.control(BILLING).boundingBox()];

  release();
  const ask = room.dialog.getByRole("button", { name: "Show what fits" });
  await expect(ask).toBeVisible();
  expect(await stopsOf(page)).toEqual(usual);
  expect(await room.control(BILLING).boundingBox()).toEqual(place);
  await ask.click();
  await expect(room.dialog.getByRole("region", { name: "What fits first" })).toBeVisible();
  await expect(room.dialog.getByRole("region", { name: "What the figures say" })).toBeFocused();
  expect((await stopsOf(page)).toSorted()).toEqual(usual.toSorted());
});

test("without figures the stops stand in their usual order and work", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await page.route(VERDICTS, (route) => route.fulfill({ status: 503, body: "{}" }));
  await room.open("/production/settings");
  await room.somethingIsWrong.click();
  await expect(room.dialog.getByRole("status")).toContainText("The figures cannot be read just now.");
  await expect(room.dialog.getByRole("switch").first()).toHaveAccessibleName(BILLING);
  await room.control(BILLING).click();
  await room.expectStopped();
});

test("the title says the state, from the stop to its lifting", async ({ asPerson, room }) => {
  await asPerson("lead");
  const title = (name: string) => room.dialog.getByRole("heading", { level: 2, name, exact: true });
  await room.somethingIsWrong.click();
  await expect(title("What is going wrong?")).toBeVisible();
  await room.control(BILLING).click();
  await expect(title("The stop is in force")).toBeVisible();
  await room.undo();
  await expect(title("The stop is lifted")).toBeVisible();
});

test("what was lifted keeps its place while somebody looks, and is found in its group when they come back", async ({
  page,
  asPerson,
  room,
  feature,
}) => {
  await asPerson("lead");
  await room.stop(BILLING);
  await room.expectStopped();
  await feature.open();
  const heading = page.getByRole("heading", { name: "In force now" });
  await expect(heading).toBeVisible();
  const inForce = page.getByRole("region", { name: /In force|Lifted/ });
  await room.control(BILLING).click();
  await expect(page.getByRole("heading", { name: /ifted just now/ })).toBeVisible();
  await expect(inForce.getByRole("switch", { name: BILLING })).toHaveAttribute("aria-checked", "false");

  await feature.showActivity();
  await page.getByRole("navigation", { name: "Pages of this feature" }).getByRole("link", { name: "Controls" }).click();
  await expect(
    page.getByRole("region", { name: "Stop one kind of case" }).getByRole("switch", { name: BILLING }),
  ).toBeVisible();
  await expect(inForce.getByRole("switch", { name: BILLING })).toHaveCount(0);
});

test("what was never launched is calm, and nobody is said to get it", async ({ page, asPerson, room }) => {
  await asPerson("lead");
  await room.open("/staging");
  const row = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: "Call notes" }) });
  await expect(row.getByText("Not launched yet", { exact: true })).toBeVisible();
  await expect(row).toContainText("Not launched yet: nobody gets Call notes here.");
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText(/stopped|serving/);
});
