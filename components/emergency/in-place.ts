import type { SwitchView } from "#lib/services/controls/schema.ts";

type Placed = Pick<SwitchView, "key" | "active">;

/**
 * The stops in the places in which they stand (`shown`), each as it is `now`; what is new comes after all of them. What is offered no more keeps its place and is
 * switched off: a row that went would move those below it under somebody's finger.
 */
export function inPlace<S extends Placed>(shown: readonly S[], now: readonly S[]): S[] {
  const kept = shown.map((each): S => now.find(({ key }) => key === each.key) ?? { ...each, active: null });
  return [...kept, ...now.filter(({ key }) => !shown.some((each) => each.key === key))];
}
