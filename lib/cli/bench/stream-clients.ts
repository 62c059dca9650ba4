import { randomUUID } from "node:crypto";
import { Agent, get, request } from "node:http";
import { preciseNow } from "./figure.ts";

/**
 * Plain clients of the stream, in a child process of the propagation bench: each reads every ruleset that a stop publishes and acknowledges it, so the server has as much to do
 * as with as many products, and the machine has processors left for the SDKs that are measured.
 */
const [url = "", key = "", count = "0"] = process.argv.slice(2);
const all = Number(count);
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const headers = { authorization: `Bearer ${key}` };
let ready = 0;
/** How many of them have received the ruleset of now, and how many rulesets all of them have received: a stop and its undoing come in turns. */
let received = 0;
let rulesets = 0;
let asked = false;

function acknowledge(instance: string, connection: string, id: string): void {
  const [epoch = "", version = ""] = id.split(".");
  const body = JSON.stringify({
    instance,
    app: "bench",
    name: `bench stream ${instance}`,
    sdk: "none",
    connection,
    ruleset: { epoch, version: Number(version) },
    appliedAt: Math.round(preciseNow()),
    features: { "reply-assistant": Math.round(preciseNow()) },
    dropped: { decisions: 0, signals: 0 },
    closing: false,
  });
  const post = request(`${url}/api/v1/acknowledgements`, {
    method: "POST",
    agent,
    headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
  });
  post.on("response", (response) => response.resume());
  post.on("error", () => {});
  post.end(body);
}

function follow(): void {
  const instance = randomUUID();
  let connection = "";
  let text = "";
  get(`${url}/api/v1/stream`, { agent: false, headers }, (response) => {
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const id = /^id: (\S+)\nevent: ruleset/.exec(event)?.[1];
        const named = /"connection":"([^"]+)"/.exec(event)?.[1];
        if (id && connection !== "") {
          received += 1;
          setImmediate(acknowledge, instance, connection, id);
        } else if (named && connection === "") {
          connection = named;
          ready += 1;
        }
      }
      report();
    });
  });
}

let told = false;
function report(): void {
  if (ready === all && !told) {
    told = true;
    process.send?.({ kind: "ready" });
  }
  if (received === all) {
    received = 0;
    rulesets += 1;
  }
  if (asked && received === 0 && rulesets % 2 === 0) {
    asked = false;
    process.send?.({ kind: "holding" });
  }
}

for (let index = 0; index < all; index++) follow();
process.on("message", (message: { kind: string }) => {
  asked ||= message.kind === "hold";
  report();
});
process.on("disconnect", () => process.exit(0));
