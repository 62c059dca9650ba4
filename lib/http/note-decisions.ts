import { recordExposures } from "#lib/services/exposures/commands.ts";
import type { SinkDecision } from "#lib/telemetry/event-sink.ts";
import type { KeyContext } from "./authenticate.ts";

/** Pairs of person and release that this process has recorded already; forgetting some only costs a statement that changes nothing. */
const REMEMBERED = 200_000;
const anchor = globalThis as typeof globalThis & { evenkeelExposed?: Set<string> };

type Exposing = SinkDecision & { feature: string; release: string; userHash: string };

function isExposing(decision: SinkDecision): decision is Exposing {
  const ai = decision.served === "primary" || decision.served === "secondary";
  return ai && decision.feature !== null && decision.release !== null && decision.userHash !== undefined;
}

/** Records who met which release, for held exposure. What is known here already is not written again, so a batch that comes twice costs nothing. */
export async function noteDecisions(ctx: KeyContext, decisions: readonly SinkDecision[]): Promise<void> {
  anchor.evenkeelExposed ??= new Set();
  const known = anchor.evenkeelExposed;
  if (known.size > REMEMBERED) known.clear();
  const fresh = new Map<string, Exposing>();
  for (const decision of decisions) {
    if (!isExposing(decision)) continue;
    const pair = `${ctx.environment.id}/${decision.feature}/${decision.release}/${decision.userHash}`;
    if (!known.has(pair)) fresh.set(pair, decision);
  }
  if (fresh.size === 0) return;
  await recordExposures(ctx, [...fresh.values()]);
  for (const pair of fresh.keys()) known.add(pair);
}
