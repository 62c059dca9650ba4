import { type Context, mintContext } from "#lib/context.ts";
import type { Actor } from "#lib/core/access/actor.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { AppError } from "#lib/errors.ts";
import { actorOfSession } from "./sessions.ts";

/** The session id of a request, which environment it speaks of (its key), and the id the log knows it by. */
export type OperatorRequest = { sessionId: string | null; environment: string; requestId: string };

/**
 * The Context of a signed-in person in one environment. Checks the session row each time, so that ending a session ends it everywhere.
 * @throws AppError `unauthenticated` without a live session; `not-found` for an unknown environment or one in which the person has no role.
 */
export async function operatorContext(db: PrismaClient, request: OperatorRequest): Promise<Context> {
  const now = new Date();
  const [actor, environment] = await Promise.all([
    request.sessionId ? actorOfSession(db, request.sessionId, now) : null,
    db.environment.findUnique({
      where: { key: request.environment },
      select: { id: true, key: true, name: true, guarded: true },
    }),
  ]);
  if (!actor)
    throw new AppError(
      "unauthenticated",
      "You are not signed in any more. Sign in again; what you were about to do is kept.",
    );
  if (!environment || !hasRoleIn(actor, environment.key)) {
    throw new AppError("not-found", `There is no environment "${request.environment}" that you can see.`);
  }
  return mintContext({ actor, environment, db, now, requestId: request.requestId });
}

function hasRoleIn(actor: Actor, environment: string): boolean {
  return (
    actor.kind === "person" &&
    actor.grants.some((grant) => grant.environment === null || grant.environment === environment)
  );
}
