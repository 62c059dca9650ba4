import { consoleCommand } from "#lib/auth/console-route.ts";
import { giveReason } from "#lib/services/controls/commands/give-reason.ts";
import { getControl } from "#lib/services/controls/queries.ts";
import { giveReasonInput } from "#lib/services/controls/schema.ts";

export const POST = consoleCommand(giveReasonInput, async (ctx, input) => {
  const { id } = await giveReason(ctx, input);
  return { control: await getControl(ctx, id) };
});
