import { createEvenkeel } from "@evenkeel/sdk";
import { createAgents } from "./desk/agents.mjs";
import { createAnswering } from "./desk/answer.mjs";
import { createApproval } from "./desk/approval.mjs";
import { createConversations } from "./desk/conversations.mjs";
import { listen } from "./desk/http.mjs";
import { readMessages } from "./desk/messages.mjs";
import { createDeskServer } from "./desk/routes.mjs";
import { stopOnSignals } from "./desk/signals.mjs";
import { startTraffic } from "./desk/traffic.mjs";

/**
 * One instance of the support desk. Environment: `EVENKEEL_URL`, `EVENKEEL_KEY` (scope `server`), `MODEL_URL`, `DESK_PORT` (default 4200),
 * `DESK_HOST` (127.0.0.1), `DESK_INSTANCE` (its name), `DESK_TRAFFIC` (messages a second, default 0), `CUSTOMER_MESSAGES` (a CSV
 * file `text,category`), `DESK_AGENT_DELAY_MS` (how long agents read, default 4000), `EVENKEEL_CACHE_FILE`.
 */
const env = process.env;
const instance = env.DESK_INSTANCE ?? "desk-1";

function needed(name) {
  if (env[name]) return env[name];
  console.error(`Set ${name}; see README.md of the support desk.`);
  process.exit(1);
}

const evenkeel = createEvenkeel({
  url: needed("EVENKEEL_URL"),
  key: needed("EVENKEEL_KEY"),
  app: "support-desk",
  name: `support-desk ${instance} (pid ${process.pid})`,
  cacheFile: env.EVENKEEL_CACHE_FILE,
  logger: { warn: (message) => console.warn(message), error: (message) => console.error(message) },
});
await evenkeel.ready({ timeoutMs: 2000 });

const conversations = createConversations();
const agents = createAgents({
  evenkeel,
  conversations,
  seed: instance,
  delayMs: Number(env.DESK_AGENT_DELAY_MS ?? 4000),
});
const answering = createAnswering({
  evenkeel,
  conversations,
  instance,
  modelUrl: needed("MODEL_URL").replace(/\/$/, ""),
  onAnswered: (conversation) => {
    if (conversation.source === "traffic" || conversation.state !== "draft") agents.attend(conversation);
  },
});

/** Which rules this instance follows, in one sentence and as data. */
function followed() {
  const { state, sentence, runsOn, instance: id } = evenkeel.status();
  const tones = { connected: "serving", polling: "serving", stale: "limited" };
  const version = runsOn.ruleset ? ` Follows version ${runsOn.ruleset.version} of the rules.` : "";
  return {
    instance,
    id,
    pid: process.pid,
    ruleset: runsOn.ruleset,
    sentence: `${sentence}${version}`,
    tone: tones[state] ?? "unknown",
    consoleUrl: env.EVENKEEL_URL,
  };
}

const approve = createApproval({ evenkeel, conversations });
const server = createDeskServer({ evenkeel, conversations, answering, followed, approve });
const port = await listen(server, Number(env.DESK_PORT ?? 4200), env.DESK_HOST ?? "127.0.0.1");
const stopTraffic = startTraffic({
  messages: readMessages(env.CUSTOMER_MESSAGES),
  perSecond: Number(env.DESK_TRAFFIC ?? 0),
  seed: instance,
  answer: answering.answer,
});
console.log(`Support desk ${instance} on http://localhost:${port}`);

stopOnSignals(async () => {
  stopTraffic();
  agents.close();
  server.close();
  await evenkeel.close();
  server.closeAllConnections();
});
