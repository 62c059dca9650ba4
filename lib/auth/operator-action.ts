import { createSafeActionClient } from "next-safe-action";
import type { z } from "zod";
import type { Context } from "#lib/context.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { expectedError } from "#lib/http/problem.ts";
import { log } from "#lib/log.ts";
import { requireOperator } from "./require-operator.ts";

/** What a failed action tells the screen: for a bug nothing but the id under which the log knows it. */
export type ActionError = { code: ErrorCode | "internal"; message: string };

const client = createSafeActionClient({
  handleServerError(error): ActionError {
    const known = expectedError(error);
    if (known) return { code: known.code, message: known.message };
    const requestId = crypto.randomUUID();
    log.error({ error, requestId }, "server action failed");
    return { code: "internal", message: `Something went wrong on our side (request ${requestId}).` };
  },
});

/**
 * The one way to make a server action: gate, parse, run. The result is next-safe-action's: `data`, or `serverError` (an ActionError), or `validationErrors`.
 * Emergency verbs do not come this way, because actions of one tab wait for each other: see `console-route.ts`.
 */
export function operatorAction<T extends { environment: string }, I, R>(
  input: z.ZodType<T, I>,
  run: (ctx: Context, input: T) => Promise<R>,
) {
  return client
    .inputSchema(input)
    .action(async ({ parsedInput }) => run(await requireOperator(parsedInput.environment), parsedInput));
}
