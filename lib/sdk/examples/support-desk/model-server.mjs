import { file, HttpError, listen, readJson, serve } from "./desk/http.mjs";
import { stopOnSignals } from "./desk/signals.mjs";
import { complete } from "./model/complete.mjs";
import { createFaults, FAULTS } from "./model/faults.mjs";
import { MODELS } from "./model/models.mjs";
import { createRequestLog } from "./model/requests.mjs";

/**
 * A local stand-in for two vendors of language models, with OpenAI's API under `/<provider>/v1`. Faults are turned on by
 * `POST /faults` or on the page at `/`; `GET /requests` tells what was asked and whether the client went away.
 * Environment: `MODEL_PORT` (default 4100), `MODEL_HOST` (127.0.0.1), `MODEL_SEED`.
 */
const seed = process.env.MODEL_SEED ?? "support-desk";
const faults = createFaults();
const requests = createRequestLog();

async function chat(req, res, provider) {
  const body = await readJson(req);
  if (!Array.isArray(body?.messages) || typeof body.model !== "string") {
    throw new HttpError(400, "A completion needs `model` and `messages`.");
  }
  const entry = requests.open({
    provider,
    model: body.model,
    stream: Boolean(body.stream),
    conversation: body.metadata?.conversation ?? null,
    category: body.metadata?.category ?? null,
  });
  await complete({ res, body, provider, entry, faults: faults.of(provider), seed });
}

function listModels(names) {
  return { object: "list", data: names.map(([id, owner]) => ({ id, object: "model", owned_by: owner })) };
}

const everyModel = Object.entries(MODELS).flatMap(([provider, models]) =>
  Object.keys(models).map((model) => [model, provider]),
);

const server = serve({
  "POST /v1/chat/completions": (req, res) => chat(req, res, "default"),
  "POST /:provider/v1/chat/completions": (req, res, _url, provider) => chat(req, res, provider),
  "GET /v1/models": () => listModels(everyModel),
  "GET /:provider/v1/models": (_req, _res, _url, provider) =>
    listModels(everyModel.filter(([, owner]) => owner === provider)),
  "GET /faults": () => ({ faults: faults.all(), says: sayings() }),
  "POST /faults": async (req) => {
    const problem = faults.set(await readJson(req));
    if (problem) throw new HttpError(400, problem);
    return { faults: faults.all() };
  },
  "DELETE /faults": () => {
    faults.reset();
    return { faults: faults.all() };
  },
  "GET /requests": (_req, _res, url) => ({ requests: requests.find(Object.fromEntries(url.searchParams)) }),
  "GET /": file("model.html"),
  "GET /page.css": file("page.css"),
  "GET /model.js": file("model.js"),
});

function sayings() {
  return Object.fromEntries(Object.entries(FAULTS).map(([name, fault]) => [name, fault.says]));
}

const port = await listen(server, Number(process.env.MODEL_PORT ?? 4100), process.env.MODEL_HOST ?? "127.0.0.1");
console.log(`Model server on http://localhost:${port}`);
stopOnSignals(() => {
  server.close();
  server.closeAllConnections();
});
