import type { Context } from "#lib/context.ts";
import { can } from "#lib/core/access/can.ts";
import { transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { daysAreCounted } from "#lib/telemetry/store.ts";
import { recordAudit } from "../audit/record.ts";
import {
  type ChangeRetentionInput,
  changeRetentionInput,
  type DescribeOrganisationInput,
  describeOrganisationInput,
} from "./schema.ts";

/**
 * Changes for how long raw events are kept; the worker deletes what is past it within the hour. Setting what is set already changes nothing.
 * @throws AppError `conflict` when somebody else changed it since the person looked.
 */
export async function changeRetention(ctx: Context, raw: ChangeRetentionInput): Promise<{ keepRawDays: number }> {
  requireEverywhere(ctx);
  const { was, keepRawDays } = changeRetentionInput.parse(raw);
  return transaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ keepRawDays: number }[]>`select "keepRawDays" from "Organisation" for update`;
    if (!row) throw new AppError("not-found", "This installation has no organisation yet.");
    if (row.keepRawDays === keepRawDays) return { keepRawDays };
    if (row.keepRawDays !== was) {
      throw new AppError(
        "conflict",
        `Somebody else changed this meanwhile: raw events are kept for ${row.keepRawDays} days now, not ${was}. Nothing of yours was saved.`,
      );
    }
    await tx.organisation.updateMany({ data: { keepRawDays } });
    await recordAudit(tx, ctx, {
      action: "organisation.retention",
      target: "organisation",
      everywhere: true,
      sentence: `Raw events are kept for ${keepRawDays} days. It was ${was} days.`,
      details: { from: was, to: keepRawDays },
    });
    return { keepRawDays };
  });
}

/**
 * Says what the organisation is called and in which zone its days begin. The same again changes nothing.
 * @throws AppError `precondition-failed` for another zone once days are counted: figures by two different days could not be compared.
 */
export async function describeOrganisation(ctx: Context, raw: DescribeOrganisationInput): Promise<void> {
  requireEverywhere(ctx);
  const { name, zone } = describeOrganisationInput.parse(raw);
  await transaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string; zone: string }[]>`
      select name, zone from "Organisation" for update`;
    if (!row) throw new AppError("not-found", "This installation has no organisation yet.");
    if (row.name === name && row.zone === zone) return;
    if (row.zone !== zone && (await daysAreCounted())) {
      throw new AppError(
        "precondition-failed",
        `Days are counted in ${row.zone} already, so the zone stays. Figures of days that begin at different times could not be compared.`,
      );
    }
    await tx.organisation.updateMany({ data: { name, zone } });
    await recordAudit(tx, ctx, {
      action: "organisation.describe",
      target: "organisation",
      everywhere: true,
      sentence: `The organisation is called ${name} and its days begin in ${zone}.`,
      details: { nameBefore: row.name, zoneBefore: row.zone, name, zone },
    });
  });
}

/** It belongs to no environment, so a role in one of them is not enough. */
function requireEverywhere(ctx: Context): void {
  const answer = can(ctx.actor, "settings.change", { now: ctx.now.getTime() });
  if (!answer.allowed) throw new AppError("forbidden", `${answer.because} ${answer.whoCould}`);
}
