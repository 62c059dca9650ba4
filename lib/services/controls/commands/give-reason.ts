import { authorize, type Context } from "#lib/context.ts";
import { transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../../audit/record.ts";
import { type GiveReasonInput, giveReasonInput } from "../schema.ts";

/** Says why a control was placed; asked only after it took effect, so that no stop waits for words. A later answer replaces an earlier one; the log keeps both. */
export async function giveReason(ctx: Context, raw: GiveReasonInput): Promise<{ id: string }> {
  const { id, reason } = giveReasonInput.parse(raw);
  const control = await ctx.db.control.findFirst({
    where: { id, environmentId: ctx.environment.id },
    select: { featureKey: true, sentence: true },
  });
  if (!control) throw new AppError("not-found", "There is no such control in this environment.");
  authorize(ctx, "control.explain", { feature: control.featureKey });
  return transaction(ctx.db, async (tx) => {
    const changed = await tx.control.updateMany({
      where: { id, OR: [{ reason: null }, { reason: { not: reason } }] },
      data: { reason },
    });
    if (changed.count > 0) {
      await recordAudit(tx, ctx, {
        action: "control.explain",
        target: `control:${id}`,
        featureKey: control.featureKey,
        sentence: `The reason for "${control.sentence}" was given.`,
        reason,
      });
    }
    return { id };
  });
}
