import type { Decision } from "./decision.ts";
import { BUILT_IN, type PreparedLadder, type PreparedRung } from "./prepare-ladder.ts";
import { isStaffed } from "./staffed.ts";

/**
 * The rung to use. `rungs` (bits of `RUNG_KINDS`) and `quality` say where on the ladder to start at the earliest; a rung outside of its
 * staffed hours gives way to the rung above it, else to the next below. A stop for quality never ends above its own start.
 * The result never moves up when a demand is added.
 */
export function pickRung(ladder: PreparedLadder, rungs: number, quality: boolean, now: number): Decision["fallback"] {
  const least = quality ? ladder.qualityFloor : 0;
  let start = least;
  if (rungs !== 0) {
    for (const [kind, floor] of ladder.floors.entries())
      if ((rungs & (1 << kind)) !== 0 && floor > start) start = floor;
  }
  if (start >= ladder.rungs.length) return BUILT_IN;
  for (let at = start; at >= least; at--) {
    const rung = ladder.rungs[at];
    if (rung !== undefined && isOpen(rung, now)) return rung.answer;
  }
  for (let at = start + 1; at < ladder.rungs.length; at++) {
    const rung = ladder.rungs[at];
    if (rung !== undefined && isOpen(rung, now)) return rung.answer;
  }
  return BUILT_IN;
}

function isOpen(rung: PreparedRung, now: number): boolean {
  return rung.usable && (rung.hours === null || isStaffed(rung.hours, now));
}
