import { type ChildProcess, fork } from "node:child_process";
import type { Lifetime } from "../lifetime.ts";
import type { Made } from "./made.ts";

const PROCESSES = 2;
const CLIENTS_EACH = 8;
/** A server that is back answers every SDK within its longest pause; this is far more. */
const SENT_WITHIN_MS = 180_000;

/** Real SDKs that make events while they are told to. */
export type Load = {
  begin(): void;
  /** Stops making and waits until all of it is sent: what was made since the last time, and how many events the SDKs let go in all. */
  rest(): Promise<{ made: Made; lost: number }>;
};

type Message = { kind: string; made?: Made; lost?: number };

function next(child: ChildProcess, kind: string): Promise<Message> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`The SDKs did not say "${kind}" in time.`)), SENT_WITHIN_MS);
    const ended = (code: number | null) => fail(new Error(`A process with SDKs ended with ${code}.`));
    child.once("exit", ended);
    child.on("message", function heard(message: Message) {
      if (message.kind !== kind) return;
      clearTimeout(timer);
      child.off("message", heard);
      child.off("exit", ended);
      done(message);
    });
  });
}

/** Starts processes with SDKs that are connected when this resolves; `lifetime` ends them. */
export async function startLoad(
  lifetime: Lifetime,
  about: { url: string; key: string; feature: string; scenario: string },
): Promise<Load> {
  const args = [about.url, about.key, about.feature, about.scenario, String(CLIENTS_EACH)];
  const children = Array.from({ length: PROCESSES }, () =>
    fork(new URL("./sdk-clients.ts", import.meta.url), args, { stdio: "inherit" }),
  );
  lifetime.add(() => {
    for (const child of children) child.kill("SIGKILL");
  });
  await Promise.all(children.map((child) => next(child, "ready")));
  const tell = (kind: string) => {
    for (const child of children) child.send({ kind });
  };
  return {
    begin: () => tell("load"),
    async rest() {
      const answers = children.map((child) => next(child, "made"));
      tell("rest");
      const said = await Promise.all(answers);
      return {
        made: {
          decisions: said.flatMap(({ made }) => made?.decisions ?? []),
          signals: said.flatMap(({ made }) => made?.signals ?? []),
        },
        lost: said.reduce((sum, { lost = 0 }) => sum + lost, 0),
      };
    },
  };
}
