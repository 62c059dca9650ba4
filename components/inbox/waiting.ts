import type { ControlView } from "#lib/services/controls/schema.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";

/** What waits for the viewer: restrictions they placed without saying why, each once, the oldest first. */
export function withoutReason(features: readonly FeatureCard[]): ControlView[] {
  const mine = features.flatMap((feature) => feature.controls).filter((each) => each.byMe && each.reason === null);
  return [...new Map(mine.map((each) => [each.id, each])).values()].sort((a, b) =>
    a.placedAt.localeCompare(b.placedAt),
  );
}
