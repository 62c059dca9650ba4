import { authorize, type Context } from "#lib/context.ts";
import { can } from "#lib/core/access/can.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { OrganisationView } from "./schema.ts";

/** The one row; what holds before anybody set anything where it is missing. */
export type OrganisationRow = { name: string; zone: string; currency: string; keepRawDays: number };
const DEFAULTS: OrganisationRow = { name: "", zone: "UTC", currency: "USD", keepRawDays: 30 };

/** The organisation's settings, for whoever counts by them: no person asks, so nobody is authorised. */
export async function organisationRow(db: Pick<PrismaClient, "organisation">): Promise<OrganisationRow> {
  const row = await db.organisation.findFirst({
    select: { name: true, zone: true, currency: true, keepRawDays: true },
  });
  return row ?? DEFAULTS;
}

/** The organisation's settings as people see them. */
export async function organisationView(ctx: Context): Promise<OrganisationView> {
  authorize(ctx, "environment.view", {});
  // It belongs to no environment, so a role in one of them is not enough.
  const answer = can(ctx.actor, "settings.change", { now: ctx.now.getTime() });
  return {
    ...(await organisationRow(ctx.db)),
    mayChange: answer.allowed ? answer : { allowed: false, because: `${answer.because} ${answer.whoCould}` },
  };
}
