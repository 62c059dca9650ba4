import { dumpDatabase, restoreDatabase } from "./database.ts";
import { expect, expectServed, test } from "./desk-fixtures.ts";
import { BILLING, SHIPPING } from "./fixtures.ts";

test("yesterday's dump is restored: the next stop is obeyed by processes that had seen higher versions", async ({
  asPerson,
  room,
  desks,
}) => {
  await asPerson("lead");
  await dumpDatabase();

  for (const sentence of [SHIPPING, BILLING]) {
    await room.stop(sentence);
    await room.expectConfirmed(3, 3);
    await room.undo();
    await room.expectConfirmed(3, 3);
    await room.close();
  }
  const seen = await rulesOf(desks);

  await restoreDatabase();
  await room.open();
  await room.stop(BILLING);
  await room.expectConfirmed(3, 3);
  await expectServed(desks, "billing", "template");
  await expectServed(desks, "shipping", "answered");
  for (const [i, rules] of (await rulesOf(desks)).entries()) expect(rules?.epoch).not.toBe(seen[i]?.epoch);
});

async function rulesOf(desks: import("./desks.ts").Desk[]) {
  return Promise.all(desks.map(async (desk) => (await desk.state()).ruleset));
}
