import type { Acknowledgement } from "#lib/core/delivery/wire.ts";
import { AppError } from "#lib/errors.ts";
import { acknowledge as writeDown } from "#lib/services/instances/commands.ts";
import type { KeyContext } from "./authenticate.ts";
import { Gathered } from "./gathered.ts";
import { getHub } from "./hub/get-hub.ts";
import { metrics } from "./metrics.ts";

/** A stop is confirmed by every instance in the same moment: what arrives within this time is written as one (milliseconds). */
const GATHER_MS = 5;

const anchor = globalThis as typeof globalThis & { evenkeelAcknowledgements?: Gathered<KeyContext, Acknowledgement> };

function gathered(): Gathered<KeyContext, Acknowledgement> {
  anchor.evenkeelAcknowledgements ??= new Gathered(GATHER_MS, (ctx, batch) => writeDown(ctx, batch));
  return anchor.evenkeelAcknowledgements;
}

/**
 * Writes down what an instance follows. It is bound to the key and to a live connection of that key; while polling there is none.
 * @throws AppError `forbidden` for another key's connection, `conflict` for one that is not open any more.
 */
export async function acknowledge(ctx: KeyContext, body: Acknowledgement): Promise<Response> {
  // The last word of a process that shuts down may come after its stream.
  if (body.connection !== null) {
    const standing = getHub().standingOf(ctx.actor.id, body.connection);
    if (standing === "foreign") throw new AppError("forbidden", "This connection was not given to this key.");
    if (standing === "closed" && !body.closing) {
      throw new AppError("conflict", "This connection is not open any more. Open a stream and confirm over that one.");
    }
  }
  await gathered().add(ctx.actor.id, ctx, body);
  metrics().acknowledgements.inc();
  return new Response(null, { status: 204 });
}
