/**
 * The token that a host keeps with a conversation: which arm of which rollout it was served by, and the release. Opaque to hosts.
 * The current release's token has neither rollout nor arm.
 */
export function stickyToken(rollout: string, arm: string, release: string): string {
  return JSON.stringify([rollout, arm, release]);
}

/** The release that a token names, whatever was passed back as one; null when it names none. */
export function releaseOfToken(token: string): string | null {
  let parts: unknown;
  try {
    parts = JSON.parse(token);
  } catch {
    return null;
  }
  const release = Array.isArray(parts) && parts.length === 3 ? parts[2] : null;
  return typeof release === "string" ? release : null;
}
