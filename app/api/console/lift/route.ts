import { consoleCommand } from "#lib/auth/console-route.ts";
import { liftControl } from "#lib/services/controls/commands/lift.ts";
import { getControl } from "#lib/services/controls/queries.ts";
import { liftControlInput } from "#lib/services/controls/schema.ts";
import { proofOf } from "#lib/services/instances/queries.ts";

export const POST = consoleCommand(liftControlInput, async (ctx, input) => {
  const { value: id } = await liftControl(ctx, input);
  const [control, proof] = await Promise.all([getControl(ctx, id), proofOf(ctx, id)]);
  return { control, proof };
});
