import { authorize, type Context, targetIn } from "#lib/context.ts";
import { readinessOf } from "#lib/core/metrics/readiness.ts";
import { AppError } from "#lib/errors.ts";
import { publish } from "../../rulesets/commands/publish.ts";
import type { Published } from "../../rulesets/schema.ts";
import { readinessFacts } from "../queries.ts";
import { type LaunchFeatureInput, launchFeatureInput } from "../schema.ts";

/**
 * Turns a feature on in this environment for whoever its launch envelope lets in. Launching what is on already changes nothing. `value` is the feature's key.
 * @throws AppError `precondition-failed` with what is missing, in words, while the checklist is not complete; `forbidden` where customers are real: a launch
 * adds risk, so somebody else must approve it.
 */
export async function launchFeature(ctx: Context, raw: LaunchFeatureInput): Promise<Published<string>> {
  const { feature } = launchFeatureInput.parse(raw);
  // Whether the change is really up is proved by `publish`; whoever may not even launch what is proved down need not wait for that.
  authorize(ctx, "feature.launch", { feature, change: "down" });
  const permission = { action: "feature.launch", target: targetIn(ctx, { feature }) } as const;
  return publish(ctx, "feature.launch", async (tx) => {
    const { stateId, facts } = await readinessFacts(tx, ctx, feature);
    if (facts.launched) return { value: feature, permission, audit: [] };
    const { ready, items, sentence } = readinessOf(facts);
    if (!ready) {
      const missing = items.flatMap((item) => item.missing ?? []);
      throw new AppError("precondition-failed", `${sentence} ${missing.join(" ")}`, { missing });
    }
    await tx.featureState.update({ where: { id: stateId }, data: { on: true } });
    const entry = {
      action: "feature.launch",
      target: `feature:${feature}`,
      featureKey: feature,
      sentence: `${facts.feature} was launched in ${ctx.environment.name}.`,
    };
    return { value: feature, permission, audit: [entry] };
  });
}
