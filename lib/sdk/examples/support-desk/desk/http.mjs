import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const MAX_BODY = 64 * 1024;
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** An error that the caller may read, with its HTTP status. */
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * A small HTTP server. `routes` maps `"POST /messages"` to `(req, res, url, ...pathParts) => value`; a value is sent as JSON, `undefined`
 * means that the handler answers by itself. `:name` in a path stands for one part. What is thrown becomes a JSON error.
 */
export function serve(routes) {
  const table = Object.entries(routes).map(([route, handle]) => {
    const [method, path] = route.split(" ");
    const pattern = new RegExp(`^${path.replace(/:[a-z]+/g, "([^/]+)")}$`);
    return { method, pattern, handle };
  });
  return createServer(async (req, res) => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    try {
      const url = new URL(req.url ?? "/", "http://localhost");
      const hits = table.filter((route) => route.pattern.test(url.pathname));
      if (hits.length === 0) throw new HttpError(404, "There is nothing at this address.");
      const route = hits.find((hit) => hit.method === req.method);
      if (!route) throw new HttpError(405, `${req.method} does not work here.`);
      const parts = route.pattern.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? [];
      const answer = await route.handle(req, res, url, ...parts);
      if (answer !== undefined) sendJson(res, 200, answer);
    } catch (error) {
      const known = error instanceof HttpError;
      if (!known) console.error(error);
      if (res.headersSent) res.destroy();
      else sendJson(res, known ? error.status : 500, { error: known ? error.message : "Something broke in here." });
    }
  });
}

/** Starts to listen and resolves with the port (0 picks a free one). A port in use is said in one sentence. */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new Error(`Port ${port} is in use. Choose another one or end what uses it.`) : error);
    });
    server.listen(port, host, () => resolve(server.address().port));
  });
}

/** The JSON body of a request. Other content types are refused, so that a foreign page cannot post here unasked. */
export async function readJson(req) {
  if (!/^application\/json\b/.test(req.headers["content-type"] ?? "")) {
    throw new HttpError(415, "Send application/json.");
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX_BODY) throw new HttpError(413, "That is too long.");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new HttpError(400, "That is not JSON.");
  }
}

export function sendJson(res, status, value) {
  res.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  res.end(JSON.stringify(value));
}

/** A route that sends a file of `page/`. */
export function file(name) {
  const content = readFileSync(new URL(`../page/${name}`, import.meta.url));
  return (_req, res) => {
    res.writeHead(200, { "content-type": TYPES[name.split(".").pop()], "cache-control": "no-cache" });
    res.end(content);
  };
}
