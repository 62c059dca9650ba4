import type { SwitchView } from "#lib/services/controls/schema.ts";

type Held = Pick<SwitchView, "key" | "active">;

/** A question is on its way for a moment, and what was placed meanwhile may be missing in its answer. */
const ON_ITS_WAY_MS = 5_000;

/**
 * Keys of what stands at the top of a feature's page while somebody looks at it: what is in force when it appears. Nothing moves after that, because somebody may be
 * aiming at a row; what was lifted is found in its own group when they come back. `read`: as the server read it for the page, which may be older or newer than what
 * this browser knows (`known`, heard at `knownAt`, epoch ms by the server's clock), so only what was placed after that is taken from it, and not what this person
 * has `lifted` since.
 */
export function standsFirst(
  read: readonly Held[],
  known: readonly Held[],
  knownAt: number,
  lifted: (key: string) => boolean,
): Set<string> {
  const now = known.filter(({ active }) => active !== null);
  const then = read.filter(({ key, active }) => active !== null && isNews(active.placedAt, knownAt) && !lifted(key));
  return new Set([...now, ...then].map(({ key }) => key));
}

function isNews(placedAt: string, knownAt: number): boolean {
  return Date.parse(placedAt) > knownAt - ON_ITS_WAY_MS;
}

/** What stands there, in words: what was lifted meanwhile is named. */
export function inForceTitle(shown: readonly Held[]): string {
  const lifted = shown.filter(({ active }) => active === null).length;
  if (lifted === 0) return "In force now";
  return lifted === shown.length ? "Lifted just now" : "In force, or lifted just now";
}
