import { consoleCommand } from "#lib/auth/console-route.ts";
import { getControl } from "#lib/services/controls/queries.ts";
import { proofOf } from "#lib/services/instances/queries.ts";
import { pauseRollout } from "#lib/services/rollouts/commands.ts";
import { pauseRolloutInput } from "#lib/services/rollouts/schema.ts";

/** Nobody new gets the candidate. Answers as a stop does, because it is one: a control. */
export const POST = consoleCommand(pauseRolloutInput, async (ctx, { rollout }) => {
  const { value: id } = await pauseRollout(ctx, rollout);
  const [control, proof] = await Promise.all([getControl(ctx, id), proofOf(ctx, id)]);
  return { control, proof };
});
