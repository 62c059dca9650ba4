import { transaction } from "#lib/db/transaction.ts";
import { startEpoch } from "#lib/services/rulesets/commands.ts";
import { automationContexts } from "#lib/worker/automation-context.ts";
import { seedAudience, seedEnvironments } from "./rows/environments.ts";
import { seedFeatures } from "./rows/features.ts";
import { seedDeskKey, seedPeople } from "./rows/people.ts";
import { seedRegistry, seedTexts } from "./rows/registry.ts";
import { refuseFarDatabase, type SeedContext } from "./seed-context.ts";

/**
 * A day on which nothing is wrong: a bank's three AI features in Production and Staging, one of them with a release rolled out to 25% of customers, one person for each
 * role, and the first rules published. Run again it changes nothing.
 * @throws AppError `precondition-failed` when the database is on another machine.
 */
export async function calmDay(ctx: SeedContext): Promise<void> {
  refuseFarDatabase(ctx);
  const { db, now, say } = ctx;
  const key = await transaction(db, async (tx) => {
    await seedEnvironments(tx, now);
    await seedAudience(tx, now);
    await seedRegistry(tx);
    await seedTexts(tx);
    await seedFeatures(tx, now);
    return seedDeskKey(tx, now, ctx.deskSecret);
  });
  await seedPeople(ctx);
  await publishFirstRules(ctx);
  if (key !== null && ctx.deskSecret === undefined) say(`API key of the support desk, shown this once: ${key}`);
}

async function publishFirstRules({ db, now, say }: SeedContext): Promise<void> {
  const published = await db.rulesetVersion.findMany({ distinct: ["environmentId"], select: { environmentId: true } });
  for (const context of await automationContexts(db, "set-up", now)) {
    const { environment } = context;
    if (published.some(({ environmentId }) => environmentId === environment.id)) continue;
    const { version } = await startEpoch(context, "The environment was set up with the example of a calm day.");
    say(`${environment.name}: the first rules are published (version ${version}).`);
  }
}
