import { expectServed, test } from "./desk-fixtures.ts";
import { BILLING } from "./fixtures.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("at 390 px: two taps stop three processes, proved; undo gives AI back", async ({ asPerson, room, desks }) => {
  await asPerson("lead");
  await room.somethingIsWrong.tap();
  await room.control(BILLING).tap();
  await room.expectConfirmed(3, 3);
  await expectServed(desks, "billing", "template");
  await expectServed(desks, "shipping", "answered");

  await room.undo();
  await room.expectConfirmed(3, 3);
  await expectServed(desks, "billing", "answered");
});
