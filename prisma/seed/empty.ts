import { transaction } from "#lib/db/transaction.ts";
import { publishFirst } from "./publish-first.ts";
import { seedEnvironments } from "./rows/environments.ts";
import type { SeedContext } from "./seed-context.ts";

/**
 * How a real installation begins: Production and Staging with their first, empty rules, and nobody in it; `npm run admin` adds the first people. No example data and no known
 * password, so it may go to any database.
 */
export async function empty(ctx: SeedContext): Promise<void> {
  await transaction(ctx.db, (tx) => seedEnvironments(tx, ctx.now));
  await publishFirst(ctx, "The environment was set up.");
}
