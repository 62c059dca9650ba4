/** Where to go after sign-in: a path of this console, never another site. */
export function safeNext(next: string): string {
  const base = "https://console.invalid";
  if (!next.startsWith("/") || !URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  return url.origin === base && !url.pathname.startsWith("/sign-in") ? `${url.pathname}${url.search}` : "/";
}
