import { consoleCommand } from "#lib/auth/console-route.ts";
import { rollBackFeature, rollBackRollout } from "#lib/services/rollouts/commands.ts";
import { rollBackInput } from "#lib/services/rollouts/schema.ts";

/** Ends a rollout, or takes a feature back to the release that was known good before. */
export const POST = consoleCommand(rollBackInput, async (ctx, input) => {
  const done = "rollout" in input ? await rollBackRollout(ctx, input.rollout) : await rollBackFeature(ctx, input);
  const { epoch, version, changed } = done;
  const of = "rollout" in input ? { rollout: done.value } : { release: done.value };
  return { ...of, changed, ruleset: { epoch, version } };
});
