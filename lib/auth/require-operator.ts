import { cookies, headers } from "next/headers";
import { cache } from "react";
import type { Context } from "#lib/context.ts";
import { getDb } from "#lib/db/client.ts";
import { requestIdOf } from "#lib/http/request-id.ts";
import { operatorContext } from "./operator-context.ts";
import { originOf } from "./origin.ts";
import { sessionIdOf } from "./session-cookie.ts";

/**
 * The gate of pages and server actions: the Context of whoever is signed in, in the environment of that key. Within one
 * rendering it is asked once, so that layout and page see the same moment.
 * @throws AppError `unauthenticated` or `not-found`, see `operatorContext`
 */
export const requireOperator = cache(async (environment: string): Promise<Context> => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const sessionId = await sessionIdOf(jar, originOf(sent));
  return operatorContext(getDb(), { sessionId, environment, requestId: requestIdOf(sent) });
});
