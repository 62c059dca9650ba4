import { authorize, type Context, targetIn } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { publish } from "../../rulesets/commands/publish.ts";
import type { Published } from "../../rulesets/schema.ts";
import { type LiftControlInput, liftControlInput, type UndoControlInput, undoControlInput } from "../schema.ts";

/** How a control ends: the action `can` is asked about, its word in the log. */
type Ending = { action: "control.lift" | "control.undo"; word: string; reason: string | null };

/**
 * Lifts a control: removes only what it added. Lifting a lifted one changes nothing. `value` is its id.
 * @throws AppError `forbidden` with who could approve: lifting somebody else's control in a guarded environment takes another person.
 */
export async function liftControl(ctx: Context, raw: LiftControlInput): Promise<Published<string>> {
  const { id, reason } = liftControlInput.parse(raw);
  return end(ctx, id, { action: "control.lift", word: "lifted", reason: reason || null });
}

/** Takes one's own control back within 15 minutes of placing it. `value` is its id. @throws AppError `forbidden` afterwards, and for everyone else. */
export async function undoControl(ctx: Context, raw: UndoControlInput): Promise<Published<string>> {
  const { id } = undoControlInput.parse(raw);
  return end(ctx, id, { action: "control.undo", word: "undone", reason: null });
}

async function end(ctx: Context, id: string, { action, word, reason }: Ending): Promise<Published<string>> {
  const control = await ctx.db.control.findFirst({ where: { id, environmentId: ctx.environment.id } });
  if (!control) throw new AppError("not-found", "There is no such control in this environment.");
  const about = {
    feature: control.featureKey,
    control: {
      placedBy: control.placedBy,
      placedByName: control.placedByName,
      placedAt: control.placedAt.getTime(),
      placedByAutomation: control.placedBy.startsWith("automation:"),
    },
    reason,
  };
  authorize(ctx, action, about);
  const permission = { action, target: targetIn(ctx, about) };

  return publish(ctx, `${action}:${control.template}`, async (tx, next) => {
    const ended = await tx.control.updateMany({
      where: { id, liftedAt: null },
      data: {
        liftedAt: ctx.now,
        liftedBy: actorReference(ctx.actor),
        liftedByName: ctx.actor.name,
        liftReason: reason,
        liftedVersion: next.version,
      },
    });
    const entry = {
      action,
      target: `control:${id}`,
      featureKey: control.featureKey,
      sentence: `"${control.sentence}" was ${word}.`,
      reason,
      details: { control: control.sentence },
    };
    return { value: id, moves: "controls", permission, audit: ended.count === 0 ? [] : [entry] };
  });
}
