import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getDb } from "#lib/db/client.ts";
import { originOf } from "./origin.ts";
import { sessionIdOf } from "./session-cookie.ts";
import { actorOfSession } from "./sessions.ts";

/** Key of the environment where a signed-in person starts: one with real customers if they have a role there. Others are sent to sign in. */
export async function homeEnvironment(): Promise<string> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const sessionId = await sessionIdOf(jar, originOf(sent));
  const actor = sessionId ? await actorOfSession(getDb(), sessionId, new Date()) : null;
  if (actor?.kind !== "person") redirect("/sign-in");
  const everywhere = actor.grants.some((grant) => grant.environment === null);
  const keys = actor.grants.flatMap((grant) => grant.environment ?? []);
  const home = await getDb().environment.findFirst({
    where: everywhere ? {} : { key: { in: keys } },
    orderBy: [{ guarded: "desc" }, { name: "asc" }],
    select: { key: true },
  });
  return home?.key ?? notFound();
}
