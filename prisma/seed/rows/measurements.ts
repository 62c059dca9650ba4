import type { Tx } from "#lib/db/transaction.ts";
import { MEASUREMENTS } from "../data/measurements.ts";
import { PEOPLE } from "../data/people.ts";
import { idOf } from "../seed-context.ts";

/** How each feature is measured, as the product manager wrote it down. */
export async function seedMeasurements(tx: Tx, changedAt: Date): Promise<void> {
  const author = PEOPLE.find(({ role }) => role === "product-manager");
  await tx.measurement.createMany({
    data: MEASUREMENTS.map(({ feature, ...measured }) => ({
      ...measured,
      featureId: idOf("feature", feature),
      changedAt,
      changedBy: `person:${idOf("person", author?.email ?? "")}`,
      changedByName: author?.name ?? "",
    })),
    skipDuplicates: true,
  });
}
