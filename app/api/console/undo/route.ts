import { consoleCommand } from "#lib/auth/console-route.ts";
import { undoControl } from "#lib/services/controls/commands/lift.ts";
import { getControl } from "#lib/services/controls/queries.ts";
import { undoControlInput } from "#lib/services/controls/schema.ts";
import { proofOf } from "#lib/services/instances/queries.ts";

export const POST = consoleCommand(undoControlInput, async (ctx, input) => {
  const { value: id } = await undoControl(ctx, input);
  const [control, proof] = await Promise.all([getControl(ctx, id), proofOf(ctx, id)]);
  return { control, proof };
});
