import { getDb } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { featureVerdicts } from "#lib/services/metrics/queries.ts";
import { automationContexts } from "#lib/worker/automation-context.ts";

/** Nobody waits for it. */
const PATIENCE_MS = 60_000;

/**
 * Asks once what whoever opens the control room asks first, so that the first person after a start waits neither for connections nor for code that never ran: at 2 a.m.
 * that person is in a hurry. What fails here is asked again when somebody comes.
 */
export async function warmUp(): Promise<void> {
  try {
    for (const ctx of await automationContexts(getDb(), "warm-up", new Date())) await featureVerdicts(ctx, PATIENCE_MS);
  } catch (error) {
    log.debug({ error }, "nothing was asked beforehand");
  }
}
