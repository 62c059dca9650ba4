import { HOUR_MS } from "#lib/core/time.ts";
import type { ControlEffect } from "../schema.ts";

/** Younger than this a rate per hour would be made up of a few decisions. */
const SHORTEST_MS = 60_000;

/** A control as its effect needs it. */
export type PlacedControl = { id: string; placedAt: Date; liftedAt: Date | null };

/**
 * What a control did since it was placed, or since `from` where that is later: the decisions in which it acted, and how many that is per hour while it held.
 * `hours`: those of all controls. Times epoch ms.
 */
export function effectOf(
  control: PlacedControl,
  hours: readonly { control: string; hour: number; decisions: number }[],
  { from, now }: { from: number; now: number },
): ControlEffect {
  const since = Math.max(control.placedAt.getTime(), from);
  const held = Math.max(SHORTEST_MS, (control.liftedAt?.getTime() ?? now) - since);
  const own = hours.filter((row) => row.control === control.id).toSorted((a, b) => a.hour - b.hour);
  const total = own.reduce((sum, { decisions }) => sum + decisions, 0);
  return {
    controlId: control.id,
    total,
    perHour: Math.round((total * HOUR_MS) / held),
    since,
    hours: own.map(({ hour, decisions }) => ({ at: hour, decisions })),
  };
}
