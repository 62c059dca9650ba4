import type { ControlView } from "#lib/services/controls/schema.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";

/**
 * What waits for the viewer: restrictions they placed without saying why, each once, newest first. `owed` is what the page was loaded with (also those that
 * ended since), `given` the ids whose reason was saved meanwhile.
 */
export function waitingReasons(
  owed: readonly ControlView[],
  features: readonly FeatureCard[],
  given: ReadonlySet<string>,
): ControlView[] {
  const held = features.flatMap((feature) => feature.controls).filter((each) => each.byMe && each.reason === null);
  const all = new Map([...owed, ...held].map((each) => [each.id, each]));
  return [...all.values()].filter((each) => !given.has(each.id)).sort((a, b) => b.placedAt.localeCompare(a.placedAt));
}
