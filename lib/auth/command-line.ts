import { randomUUID } from "node:crypto";
import { type Context, mintContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { AppError } from "#lib/errors.ts";

/** Nobody's row: stands in the log for whoever has a shell on the server. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * The gate of the command line: whoever can read the server's secrets acts as an admin, under the name of their account on that machine, and is audited like anybody.
 * @throws AppError `not-found` for an unknown environment
 */
export async function commandLineContext(db: PrismaClient, environmentKey: string, account: string): Promise<Context> {
  const environment = await db.environment.findUnique({
    where: { key: environmentKey },
    select: { id: true, key: true, name: true, guarded: true },
  });
  if (!environment) throw new AppError("not-found", `There is no environment "${environmentKey}".`);
  return mintContext({
    actor: {
      kind: "person",
      id: NOBODY,
      name: `${account} on the command line`,
      email: "",
      sessionId: NOBODY,
      grants: [{ role: "admin", environment: null, feature: null, grantedAt: 0 }],
    },
    environment,
    db,
    now: new Date(),
    requestId: randomUUID(),
  });
}
