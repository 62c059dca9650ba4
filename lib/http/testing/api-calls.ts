type RouteHandler = (request: Request, segment?: { params: Promise<Record<string, string>> }) => Promise<Response>;
type CallOptions = {
  method?: string;
  body?: unknown;
  raw?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  signal?: AbortSignal;
};

/** Calls a route handler as the server would. `body` is sent as JSON, `raw` as it is. */
export function call(handler: RouteHandler, token: string | null, options: CallOptions = {}): Promise<Response> {
  const {
    method = options.body === undefined && !options.raw ? "GET" : "POST",
    body,
    raw,
    headers = {},
    params = {},
    signal,
  } = options;
  const request = new Request("http://console.test/api", {
    method,
    signal,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  });
  return handler(request, { params: Promise.resolve(params) });
}
