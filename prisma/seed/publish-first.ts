import { startEpoch } from "#lib/services/rulesets/commands/start-epoch.ts";
import { automationContexts } from "#lib/worker/automation-context.ts";
import type { SeedContext } from "./seed-context.ts";

/** Publishes the first rules of every environment that has none. `because`: a sentence for the audit log. */
export async function publishFirst({ db, now, say }: SeedContext, because: string): Promise<void> {
  const published = await db.rulesetVersion.findMany({ distinct: ["environmentId"], select: { environmentId: true } });
  for (const context of await automationContexts(db, "set-up", now)) {
    const { environment } = context;
    if (published.some(({ environmentId }) => environmentId === environment.id)) continue;
    const { version } = await startEpoch(context, because);
    say(`${environment.name}: the first rules are published (version ${version}).`);
  }
}
