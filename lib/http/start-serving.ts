import { env } from "#lib/env.ts";
import { getHub } from "./hub/get-hub.ts";
import { warmUp } from "./warm-up.ts";

/** Begins what serves in the background. Without a database (while building) there is nothing to serve. */
export function startServing(): void {
  if (env.DATABASE_URL === undefined) return;
  getHub();
  void warmUp();
}
