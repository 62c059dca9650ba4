/** A strong entity tag (RFC 9110, 8.8.3). `name` must not hold quotes. */
export function strongEtag(name: string): string {
  return `"${name}"`;
}

/** Whether an `If-None-Match` header names this tag. Weak comparison, as RFC 9110 (13.1.2) asks for it: proxies that compress weaken tags. */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
