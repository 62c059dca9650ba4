import { startJourneyStack } from "#lib/cli/journey-stack.ts";
import { env, setEnv } from "#lib/env.ts";

/**
 * Before the journeys: a database, a console and a support desk of their own, on free ports. With EVENKEEL_URL set, the journeys use the
 * server that runs there instead (and need EVENKEEL_DEMO_PASSWORD and EVENKEEL_DESK_KEY of it).
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (env.EVENKEEL_URL !== undefined) return async () => {};
  const stack = await startJourneyStack();
  setEnv({
    EVENKEEL_URL: stack.url,
    EVENKEEL_DEMO_PASSWORD: stack.password,
    EVENKEEL_DESK_KEY: stack.deskKey,
    EVENKEEL_DESK_FOLDER: stack.deskFolder,
    DATABASE_URL: stack.databaseUrl,
    DATABASE_DIRECT_URL: stack.ownerUrl,
  });
  return stack.stop;
}
