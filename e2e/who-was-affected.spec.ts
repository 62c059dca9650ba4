import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Locator } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { aDecision, report } from "./events.ts";
import { expect, test } from "./fixtures.ts";

const FEATURE = "knowledge-answers";

/** Two decisions as SDKs report them, one of which was found to break a policy; their ids and pseudonyms. */
function twoDecisions() {
  const decisions = [0, 1].map(() => aDecision(FEATURE, randomBytes(16).toString("hex")));
  const about = { decisionId: decisions[0]?.id, kind: "policy-violation", label: "=invented" };
  return {
    decisions,
    events: [...decisions, { type: "signal", id: uuidv7(), at: new Date().toISOString(), ...about }],
  };
}

const inDigits = (n: number) => n.toLocaleString("en-GB");

/** What the dialog says the file will hold. */
async function sizeIn(dialog: Locator) {
  const size = dialog.getByText(/^[\d,]+ answers?( with a sign of harm,)? to [\d,]+ (person|people)\.$/);
  const [answers, people] = ((await size.textContent()) ?? "").match(/[\d,]+\d|\d/g) ?? [];
  return { answers: Number(answers?.replace(",", "")), people: Number(people?.replace(",", "")) };
}

/** Exports what is chosen and reads the file: its lines, and how many people they are of. */
async function exported(dialog: Locator) {
  const saving = dialog.page().waitForEvent("download");
  await dialog.getByRole("button", { name: "Export answers" }).click();
  const file = await saving;
  await expect(dialog.getByText(file.suggestedFilename())).toBeVisible();
  const [head = "", ...lines] = readFileSync(await file.path(), "utf8")
    .trimEnd()
    .split("\n");
  const user = head.split(",").indexOf("user_pseudonym");
  const people = new Set(lines.map((line) => line.split(",")[user]).filter((pseudonym) => pseudonym !== "")).size;
  const about = (decision?: { id: string; userHash: string }) =>
    lines.filter((line) => decision && line.startsWith(decision.id) && line.includes(decision.userHash));
  return { name: file.suggestedFilename(), lines, people, about };
}

test("who may have come to harm is told before the click, exported, and found in the file and in the log; then every answer", async ({
  page,
  asPerson,
  feature,
}) => {
  // Two exports are read whole, the second with every answer of the page's period: on a slow machine that alone takes most of the usual minute.
  test.slow();
  await asPerson("lead");
  const { decisions, events } = twoDecisions();
  await report(page, events);

  await page.goto(`/production/features/${FEATURE}/metrics`);
  await page.getByRole("button", { name: "Export who was affected" }).click();
  const dialog = page.getByRole("dialog", { name: "Export who was affected" });
  await expect(dialog.getByLabel("Only answers with a sign of harm")).toBeChecked();
  const told = await sizeIn(dialog);
  await expect(dialog.getByText(/^People are those for whom one of these answers was made,/)).toBeVisible();
  await expect(dialog.getByText(/Europe\/Berlin/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);

  const [hurt, silent] = decisions;
  const harmed = await exported(dialog);
  expect(harmed.name).toMatch(/^evenkeel-production-knowledge-answers-harmed-.*Z\.csv$/);
  expect(harmed.about(hurt)).toHaveLength(1);
  expect(harmed.about(hurt)[0]).toMatch(/broke a policy.*'=invented/);
  expect(harmed.about(silent)).toEqual([]);
  expect(told).toEqual({ answers: harmed.lines.length, people: harmed.people });

  await dialog.getByLabel("Every answer").check();
  await expect(dialog.getByText(/with a sign of harm, to/)).toBeHidden();
  const all = await sizeIn(dialog);
  const every = await exported(dialog);
  expect(every.name).toMatch(/^evenkeel-production-knowledge-answers-2.*Z\.csv$/);
  for (const decision of decisions) expect(every.about(decision)).toHaveLength(1);
  expect(all).toEqual({ answers: every.lines.length, people: every.people });
  expect(every.lines.length).toBeGreaterThan(harmed.lines.length);

  await dialog.getByLabel("Until").fill("2020-01-01T00:00");
  await expect(dialog.getByText("The end must lie after the start.")).toBeVisible();
  await page.keyboard.press("Escape");
  await feature.showActivity();
  for (const { lines, people } of [harmed, every]) {
    const size = lines === harmed.lines ? "answers? with a sign of harm, to" : "answers? to";
    const words = `Who was affected by .* was exported: ${inDigits(lines.length)} ${size} ${inDigits(people)} (person|people)\\.`;
    await expect(feature.activity.filter({ hasText: new RegExp(words) }).first()).toBeVisible();
  }
});
