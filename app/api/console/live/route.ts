import { z } from "zod";
import { consoleQuery } from "#lib/auth/console-route.ts";
import { liveView } from "#lib/services/features/queries.ts";

const MOST_PROOFS = 50;

const asked = z.object({
  environment: z.string().min(1),
  controls: z
    .string()
    .default("")
    .transform((list) => list.split(",").filter(Boolean))
    .pipe(z.array(z.uuid()).max(MOST_PROOFS)),
});

/** Everything on a screen that changes by itself; asked every second by each browser that is looked at. */
export const GET = consoleQuery(asked, (ctx, { controls }) => liveView(ctx, controls));
