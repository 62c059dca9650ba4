import type { ControlView } from "#lib/services/controls/schema.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";

/**
 * What waits for the viewer: restrictions they placed without saying why, each once, newest first. `owed` is what the server knew when it was last
 * asked (also those that ended), `given` the ids whose reason was saved here meanwhile; one that was given elsewhere shows on the control itself.
 */
export function waitingReasons(
  owed: readonly ControlView[],
  features: readonly FeatureCard[],
  given: ReadonlySet<string>,
): ControlView[] {
  const holding = features.flatMap((feature) => feature.controls);
  const held = holding.filter((each) => each.byMe && each.reason === null);
  const explained = new Set(holding.filter((each) => each.reason !== null).map((each) => each.id));
  const all = new Map([...owed, ...held].map((each) => [each.id, each]));
  return [...all.values()]
    .filter((each) => !given.has(each.id) && !explained.has(each.id))
    .sort((a, b) => b.placedAt.localeCompare(a.placedAt));
}
