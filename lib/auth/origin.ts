import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** The scheme and host under which the browser sees this request, also behind a proxy. https when the configured address or the proxy says so. */
export function originOf(headers: Headers): string {
  const host = first(headers.get("x-forwarded-host")) ?? headers.get("host") ?? "localhost";
  const secure = env.EVENKEEL_URL?.startsWith("https:") || first(headers.get("x-forwarded-proto")) === "https";
  return `${secure ? "https" : "http"}://${host}`;
}

/** The caller's address for slowing and for the log: as the nearest proxy, or Next itself, wrote it. */
export function addressOf(headers: Headers): string {
  return first(headers.get("x-forwarded-for")) ?? "unknown";
}

/**
 * Refuses a request that another site made the browser send. A browser always names its origin on a POST, and no page can
 * forge it, so a missing one is refused as well. Only the host is compared: a proxy may speak http behind https.
 * @throws AppError `forbidden`
 */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const hosts = [headers.get("host"), first(headers.get("x-forwarded-host"))];
  if (origin !== null && URL.canParse(origin) && hosts.includes(new URL(origin).host)) return;
  throw new AppError(
    "forbidden",
    "This request did not come from the console's own page. Open the console and try again.",
  );
}

function first(list: string | null): string | null {
  return list?.split(",")[0]?.trim() || null;
}
