import type { SwitchView } from "#lib/services/controls/schema.ts";

/** Puts the stops of the feature whose page is open before the others, keeping the given order otherwise. */
export function ofFeatureFirst(switches: readonly SwitchView[], feature: string | null): SwitchView[] {
  const mine = (each: SwitchView) => feature !== null && each.params.feature === feature;
  return [...switches.filter(mine), ...switches.filter((each) => !mine(each))];
}
