import { file, HttpError, readJson, serve } from "./http.mjs";
import { SCENARIOS } from "./messages.mjs";

/**
 * The desk's HTTP interface: `POST /messages`, `GET /conversations[/:id]`, `POST /conversations/:id/agent`, `GET /state`, the page at `/`,
 * and `GET /events`, which keeps the page up to date.
 */
export function createDeskServer({ evenkeel, conversations, answering, followed, approve }) {
  return serve({
    "GET /": file("desk.html"),
    "GET /page.css": file("page.css"),
    "GET /desk.js": file("desk.js"),
    "GET /state": () => ({ ...followed(), status: evenkeel.status() }),
    "GET /conversations": () => conversations.all(),
    "GET /conversations/:id": (_req, _res, _url, id) => known(conversations, id),
    "POST /conversations/:id/agent": async (req, _res, _url, id) =>
      approve(known(conversations, id), await readJson(req)),
    "POST /messages": async (req) => postMessage(answering, await readJson(req)),
    "GET /events": (req, res) => streamEvents({ req, res, conversations, followed }),
  });
}

function known(conversations, id) {
  const conversation = conversations.get(id);
  if (!conversation) throw new HttpError(404, "This conversation is not here any more.");
  return conversation;
}

/** `{text, category, userId?, stream?, wait?}` -> the conversation, answered unless `wait` is false. */
async function postMessage(answering, message) {
  const { text, category = "", userId = "visitor", stream = false, wait = true } = message ?? {};
  if (typeof text !== "string" || text.trim() === "" || typeof category !== "string" || typeof userId !== "string") {
    throw new HttpError(400, "A message needs a `text`; `category` and `userId` are texts too.");
  }
  const { conversation, done } = answering.begin({ text, category, userId, stream: Boolean(stream), source: "person" });
  if (!wait) {
    done.catch((error) => console.error(error));
    return conversation;
  }
  return done;
}

/** Sends all conversations once and each change after it; changes of one conversation within 100 ms are sent as one. */
function streamEvents({ req, res, conversations, followed }) {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
  const send = (event, data) => res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  send("start", { scenarios: SCENARIOS, conversations: conversations.all(), state: followed() });
  const changed = new Set();
  const unwatch = conversations.watch((conversation) => changed.add(conversation));
  let said = "";
  const timer = setInterval(() => {
    for (const conversation of changed) send("conversation", conversation);
    changed.clear();
    const state = JSON.stringify(followed());
    if (state !== said) send("state", JSON.parse(state));
    said = state;
  }, 100);
  req.on("close", () => {
    unwatch();
    clearInterval(timer);
  });
}
