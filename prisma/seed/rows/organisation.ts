import type { Tx } from "#lib/db/transaction.ts";

/** Where the example bank's days begin. */
export const ZONE = "Europe/Berlin";
/** Longer than a history is, so that whoever was affected in it can still be told. */
const KEEP_RAW_DAYS = 90;

/** The example bank, unless the organisation has a name already. */
export async function seedOrganisation(tx: Tx): Promise<void> {
  await tx.organisation.updateMany({
    where: { name: "" },
    data: { name: "Example Bank", zone: ZONE, keepRawDays: KEEP_RAW_DAYS },
  });
}
