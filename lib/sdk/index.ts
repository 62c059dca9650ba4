import { createEvenkeelWith } from "./evenkeel.ts";
import { realHost } from "./host.ts";
import type { Evenkeel, EvenkeelOptions } from "./types.ts";

export type * from "./types.ts";

/**
 * Connects to the control room and answers, in process, what an AI feature may do for each request. Returns at once and never throws: what is
 * wrong with the options is said by `status()`. Close it when the process ends.
 */
export function createEvenkeel(options: EvenkeelOptions): Evenkeel {
  return createEvenkeelWith(options, realHost);
}
