import { transaction } from "#lib/db/transaction.ts";
import { publishFirst } from "./publish-first.ts";
import { seedAudience, seedEnvironments } from "./rows/environments.ts";
import { seedFeatures } from "./rows/features.ts";
import { seedMeasurements } from "./rows/measurements.ts";
import { seedOrganisation } from "./rows/organisation.ts";
import { seedDeskKey, seedPeople } from "./rows/people.ts";
import { seedRegistry, seedTexts } from "./rows/registry.ts";
import { daysBefore, refuseFarDatabase, type SeedContext } from "./seed-context.ts";

/**
 * A day on which nothing is wrong: a bank's three AI features in Production and Staging, one of them with a release rolled out to 25% of customers, one person for each
 * role, and the first rules published. Run again it changes nothing.
 * @throws AppError `precondition-failed` when the database is on another machine.
 */
export async function calmDay(ctx: SeedContext): Promise<void> {
  await seedBank(ctx, ctx.now);
}

/** The same, with the first rules published `since` then. */
export async function seedBank(ctx: SeedContext, since: Date): Promise<void> {
  refuseFarDatabase(ctx);
  const { db, now, say } = ctx;
  const key = await transaction(db, async (tx) => {
    await seedOrganisation(tx);
    await seedEnvironments(tx, daysBefore(now, 90));
    await seedAudience(tx, now);
    await seedRegistry(tx);
    await seedTexts(tx);
    await seedFeatures(tx, now);
    await seedMeasurements(tx, daysBefore(now, 80));
    return seedDeskKey(tx, now, ctx.deskSecret);
  });
  await seedPeople(ctx);
  await publishFirst({ ...ctx, now: since }, "The environment was set up with the example of a calm day.");
  if (key !== null && ctx.deskSecret === undefined) say(`API key of the support desk, shown this once: ${key}`);
}
