import { consoleCommand } from "#lib/auth/console-route.ts";
import { placeControl } from "#lib/services/controls/commands/place.ts";
import { getControl } from "#lib/services/controls/queries.ts";
import { placeControlInput } from "#lib/services/controls/schema.ts";
import { proofOf } from "#lib/services/instances/queries.ts";

/** The stop. Answers as soon as it is published, with the proof as of now; the rest of the proof comes by `live`. */
export const POST = consoleCommand(placeControlInput, async (ctx, input) => {
  const { value: id } = await placeControl(ctx, input);
  const [control, proof] = await Promise.all([getControl(ctx, id), proofOf(ctx, id)]);
  return { control, proof };
});
