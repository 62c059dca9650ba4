import { recordExposures } from "#lib/services/exposures/commands.ts";
import type { SinkDecision } from "#lib/telemetry/event-sink.ts";
import type { KeyContext } from "./authenticate.ts";
import { Gathered } from "./gathered.ts";

/**
 * Pairs of person and release that this process has recorded already, and for how long that is believed (milliseconds): a database that was restored, or took
 * over from another, may not have them. Forgetting some only costs a statement that changes nothing.
 */
const REMEMBERED = 200_000;
const BELIEVED_MS = 15 * 60_000;
/** What arrives within this time is written as one (milliseconds), in statements of at most so many. */
const GATHER_MS = 5;
const MOST_AT_ONCE = 4000;

type Exposing = SinkDecision & { feature: string; release: string; userHash: string };
type Writer = Gathered<KeyContext, readonly Exposing[]>;
const anchor = globalThis as typeof globalThis & {
  evenkeelExposed?: { since: number; pairs: Set<string> };
  evenkeelExposures?: Writer;
};

/** One connection an environment at most: these are the connections that a stop needs, and a flood of events may not keep it waiting. */
function writer(): Writer {
  anchor.evenkeelExposures ??= new Gathered(GATHER_MS, async (ctx, batches) => {
    const all = batches.flat();
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) await recordExposures(ctx, all.slice(at, at + MOST_AT_ONCE));
  });
  return anchor.evenkeelExposures;
}

function isExposing(decision: SinkDecision): decision is Exposing {
  const ai = decision.served === "primary" || decision.served === "secondary";
  return ai && decision.feature !== null && decision.release !== null && decision.userHash !== undefined;
}

/** Records who met which release, for held exposure. What is known here already is not written again, so a batch that comes twice costs nothing. */
export async function noteDecisions(ctx: KeyContext, decisions: readonly SinkDecision[]): Promise<void> {
  const now = performance.now();
  anchor.evenkeelExposed ??= { since: now, pairs: new Set() };
  const { since, pairs: known } = anchor.evenkeelExposed;
  if (known.size > REMEMBERED || now - since > BELIEVED_MS) {
    known.clear();
    anchor.evenkeelExposed.since = now;
  }
  const fresh = new Map<string, Exposing>();
  for (const decision of decisions) {
    if (!isExposing(decision)) continue;
    const pair = `${ctx.environment.id}/${decision.feature}/${decision.release}/${decision.userHash}`;
    if (!known.has(pair)) fresh.set(pair, decision);
  }
  if (fresh.size === 0) return;
  await writer().add(ctx.environment.id, ctx, [...fresh.values()]);
  for (const pair of fresh.keys()) known.add(pair);
}
