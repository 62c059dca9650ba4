import { join } from "node:path";
import { startProcess } from "#lib/cli/processes.ts";

const ADDRESS = /https?:\/\/localhost:\d+/;

/** What a desk answers to a message; see `lib/sdk/examples/support-desk/desk/conversations.mjs`. */
export type Conversation = {
  id: string;
  state: "waiting" | "writing" | "answered" | "draft" | "cached" | "template" | "static" | "manual" | "person";
  text: string;
  served: string | null;
  retracted: boolean;
  because: string[];
  decisionId: string | null;
  decision: { ruleset: { epoch: string; version: number } } | null;
};

export type DeskState = {
  instance: string;
  id: string;
  ruleset: { epoch: string; version: number } | null;
  status: { state: string };
};

export type Message = { text?: string; category: string; userId?: string; stream?: boolean; wait?: boolean };

/** What the model server remembers of a request. */
export type ModelRequest = {
  conversation: string | null;
  category: string | null;
  tokensPlanned: number;
  tokensSent: number;
  aborted: boolean;
  abortedAt: string | null;
  finishedAt: string | null;
};

/** Starts a program of the installed support desk, which gets no address of ours but those in `extra`, and resolves with where it listens. */
async function startProgram(folder: string, file: string, extra: Record<string, string>) {
  const program = await startProcess([join(folder, file)], {
    cwd: folder,
    env: { DATABASE_URL: undefined, DATABASE_DIRECT_URL: undefined, EVENKEEL_URL: undefined, ...extra },
    ready: ADDRESS,
  });
  const url = ADDRESS.exec(program.output())?.[0] ?? "";
  const signal = (name: NodeJS.Signals) => void program.child.kill(name);
  return { url, signal, stop: program.stop };
}

/** One instance of the support desk in a process of its own, and how a test talks to it. */
export async function startDesk(
  folder: string,
  settings: { name: string; url: string; key: string; modelUrl: string },
) {
  const program = await startProgram(folder, "start.mjs", {
    EVENKEEL_URL: settings.url,
    EVENKEEL_KEY: settings.key,
    MODEL_URL: settings.modelUrl,
    DESK_INSTANCE: settings.name,
    DESK_PORT: "0",
  });
  return {
    name: settings.name,
    state: () => getJson<DeskState>(`${program.url}/state`),
    conversation: (id: string) => getJson<Conversation>(`${program.url}/conversations/${id}`),
    ask: (message: Message) =>
      postJson<Conversation>(`${program.url}/messages`, { text: "Why?", userId: "customer-1", ...message }),
    freeze: () => program.signal("SIGSTOP"),
    thaw: () => program.signal("SIGCONT"),
    stop: program.stop,
  };
}
export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** The stand-in for the vendors of language models. */
export async function startModelServer(folder: string) {
  const program = await startProgram(folder, "model-server.mjs", { MODEL_PORT: "0" });
  return {
    url: program.url,
    stop: program.stop,
    setFaults: (faults: Record<string, unknown>) => postJson(`${program.url}/faults`, faults),
    requests: async (conversation: string) => {
      const query = new URLSearchParams({ conversation });
      return (await getJson<{ requests: ModelRequest[] }>(`${program.url}/requests?${query}`)).requests;
    },
  };
}
export type ModelServer = Awaited<ReturnType<typeof startModelServer>>;

async function getJson<T>(url: string): Promise<T> {
  return readAnswer<T>(await fetch(url));
}

async function postJson<T>(url: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  return readAnswer<T>(await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function readAnswer<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
