import type { Release } from "./ruleset.ts";

/**
 * The release that a rollback of `feature` from `current` goes to: the newest that is known good and not withdrawn, never the current one and, so that
 * rolling back twice cannot lead forward again, older than it when it is known good itself. Null when there is none.
 */
export function rollbackTarget(releases: Record<string, Release>, feature: string, current: string): string | null {
  const from = Object.hasOwn(releases, current) ? releases[current] : undefined;
  const latest = from?.standing === "known-good" ? (from.knownGoodSince ?? -1) : Number.POSITIVE_INFINITY;
  let target: { id: string; since: number } | null = null;
  for (const [id, release] of Object.entries(releases)) {
    const since = release.knownGoodSince;
    if (id === current || release.feature !== feature || release.standing !== "known-good" || since === null) continue;
    if (since >= latest) continue;
    if (target === null || since > target.since || (since === target.since && id < target.id)) target = { id, since };
  }
  return target === null ? null : target.id;
}
