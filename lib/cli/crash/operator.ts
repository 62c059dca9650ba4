/** A person at a browser, as far as the server can tell: cookies, Origin, JSON. */
export type Operator = {
  /** Posts to an emergency door. Null when the server died before it answered. */
  knock(door: "stop" | "lift", body: object): Promise<{ status: number; controlId: string | null } | null>;
};

/** Signs in over HTTP as a browser does, and keeps the session through restarts of the server. @throws Error when the server refuses */
export async function signInOverHttp(url: string, email: string, password: string): Promise<Operator> {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url + path, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie, origin: url },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };

  const csrf: { csrfToken: string } = await (await send("/api/auth/csrf")).json();
  const form = new URLSearchParams({ ...csrf, email, password, json: "true", callbackUrl: url });
  const answer = await send("/api/auth/callback/credentials", { method: "POST", body: form });
  if (!answer.ok || ![...jar.keys()].some((name) => name.endsWith("evenkeel.session"))) {
    throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`);
  }

  return {
    async knock(door, body) {
      try {
        const response = await send(`/api/console/${door}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(20_000),
        });
        const said: { control?: { id: string } } = await response.json();
        return { status: response.status, controlId: said.control?.id ?? null };
      } catch {
        return null;
      }
    },
  };
}
