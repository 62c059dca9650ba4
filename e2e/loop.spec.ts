import { expect, expectServed, test } from "./desk-fixtures.ts";
import { BILLING } from "./fixtures.ts";

test("two clicks stop billing in three processes, proved; lifted, AI is back; both are in the activity", async ({
  asPerson,
  room,
  feature,
  desks,
}) => {
  await asPerson("lead");
  await expectServed(desks, "billing", "answered");

  await room.stop(BILLING);
  await room.expectConfirmed(3, 3);
  const answers = await expectServed(desks, "billing", "template");
  for (const answer of answers) {
    expect(answer.because).toContain(BILLING);
    expect(answer.text).toContain("billing team");
  }
  await expectServed(desks, "shipping", "answered");

  await room.undo();
  await room.expectConfirmed(3, 3);
  await expectServed(desks, "billing", "answered");
  await room.close();

  await feature.open();
  await feature.showActivity();
  await expect(feature.activity.nth(0)).toContainText(/Lea Lang.*billing/);
  await expect(feature.activity.nth(1)).toContainText(/Lea Lang.*billing/);
});

test("a frozen process is named and not counted, and catches up when it thaws", async ({
  page,
  asPerson,
  room,
  desks,
}) => {
  const [frozen, ...others] = desks;
  if (!frozen) throw new Error("no desk");
  await asPerson("lead");
  await expectKnownForFeature(page, desks.length);

  frozen.freeze();
  try {
    await room.stop(BILLING);
    await room.expectConfirmed(2, 3);
    await expect(room.dialog).toContainText(frozen.name);
    for (const other of others) await expect(room.dialog).not.toContainText(other.name);
    await expectServed(others, "billing", "template");
  } finally {
    frozen.thaw();
  }

  await room.expectConfirmed(3, 3);
  await expectServed([frozen], "billing", "template");
});

test("an answer that is being written is aborted, and the customer gets the template", async ({
  asPerson,
  room,
  desks,
  modelServer,
}) => {
  const [desk] = desks;
  if (!desk) throw new Error("no desk");
  await modelServer.setFaults({ paceMs: 120 });
  await asPerson("lead");

  const started = await desk.ask({ category: "billing", stream: true, wait: false });
  await expect(async () => {
    const writing = await desk.conversation(started.id);
    expect(writing.state).toBe("writing");
    expect(writing.text).not.toBe("");
  }).toPass({ intervals: [50], timeout: 5000 });

  await room.stop(BILLING);
  await expect(async () => {
    const answer = await desk.conversation(started.id);
    expect(answer).toMatchObject({ state: "template", served: "template", retracted: true });
    expect(answer.text).toContain("billing team");
  }).toPass({ intervals: [50], timeout: 3000 });

  const [request] = await modelServer.requests(`${desk.name}:${started.id}`);
  expect(request).toMatchObject({ aborted: true, finishedAt: null });
  expect(request?.tokensSent).toBeGreaterThan(0);
  expect(request?.tokensSent).toBeLessThan(request?.tokensPlanned ?? 0);
});

/** Waits until the control room knows so many live processes that use the feature, as it must before one can be missed. */
async function expectKnownForFeature(page: import("@playwright/test").Page, count: number): Promise<void> {
  await expect(async () => {
    const live = await page.request.get("/api/console/live?environment=production");
    const { instances }: { instances: { heard: boolean; features: string[] }[] } = await live.json();
    const known = instances.filter((each) => each.heard && each.features.includes("reply-assistant"));
    expect(known).toHaveLength(count);
  }).toPass({ intervals: [250], timeout: 30_000 });
}
