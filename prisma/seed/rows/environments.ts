import { randomBytes, randomUUID } from "node:crypto";
import type { Tx } from "#lib/db/transaction.ts";
import { ATTRIBUTES, COHORTS, ENVIRONMENTS } from "../data/environments.ts";
import { daysBefore, idOf } from "../seed-context.ts";

/** Production and Staging. Their epoch and their pseudonym key are made here, at first start, and at random: two installations must never share them. */
export async function seedEnvironments(tx: Tx, createdAt: Date): Promise<void> {
  await tx.environment.createMany({
    data: ENVIRONMENTS.map((environment) => ({
      ...environment,
      id: idOf("environment", environment.key),
      epoch: randomUUID(),
      userHashKey: randomBytes(32).toString("base64"),
      createdAt,
    })),
    skipDuplicates: true,
  });
}

/** Declared attributes, and the same cohorts in every environment. */
export async function seedAudience(tx: Tx, now: Date): Promise<void> {
  await tx.declaredAttribute.createMany({ data: ATTRIBUTES, skipDuplicates: true });
  await tx.cohort.createMany({
    data: ENVIRONMENTS.flatMap((environment) =>
      COHORTS.map((cohort) => ({
        ...cohort,
        id: idOf("cohort", `${environment.key}/${cohort.key}`),
        environmentId: idOf("environment", environment.key),
        createdAt: daysBefore(now, 90),
      })),
    ),
    skipDuplicates: true,
  });
}
