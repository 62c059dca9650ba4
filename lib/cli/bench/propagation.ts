import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type BenchConsole, startBenchConsole } from "./bench-console.ts";
import { figure, preciseNow, quantile } from "./figure.ts";

const SIZES = [1, 100, 1000];
/** Stops for each size; the first few, in which the processes still compile their code, are left out. */
const ROUNDS = 20;
const WARM_UPS = 3;
/** Clients share this many processes at most. */
const PROCESSES = 2;
/** So many of the clients are real SDKs at most. Each has processors of its own in a product; a thousand on one machine would measure how they wait for each other. */
const REAL_SDKS = 100;

type Message = { kind: string; times?: number[] };

/** The next message of that kind from a child. @throws Error when it ends instead. */
function next(child: ChildProcess, kind: string): Promise<Message> {
  return new Promise((done, fail) => {
    const ended = (code: number | null) => fail(new Error(`A process of the bench ended with ${code}.`));
    child.once("exit", ended);
    child.on("message", function heard(message: Message) {
      if (message.kind !== kind) return;
      child.off("message", heard);
      child.off("exit", ended);
      done(message);
    });
  });
}

function split(count: number): number[] {
  const processes = Math.min(PROCESSES, count);
  return Array.from({ length: processes }, (_, index) => Math.floor((count + index) / processes));
}

async function command(console: BenchConsole, door: string, body: object): Promise<{ control: { id: string } }> {
  const init = {
    method: "POST",
    headers: console.leadHeaders,
    body: JSON.stringify({ environment: "production", ...body }),
  };
  const response = await fetch(`${console.url}/api/console/${door}`, init);
  const answer = await response.text();
  if (!response.ok) throw new Error(`${door} answered ${response.status}: ${answer}`);
  return JSON.parse(answer);
}

/**
 * From the stop route's answer to the abort of a reply in flight in each SDK, with `count` clients on the stream: milliseconds, all rounds together.
 * Beyond a hundred the clients are plain ones that read and acknowledge as SDKs do.
 */
async function measureSdks(console: BenchConsole, count: number): Promise<number[]> {
  const start = (file: string, share: number) =>
    fork(new URL(file, import.meta.url), [console.url, console.serverKey, String(share)], { stdio: "inherit" });
  const sdks = split(Math.min(count, REAL_SDKS)).map((share) => start("./sdk-clients.ts", share));
  const plain = count > REAL_SDKS ? [start("./stream-clients.ts", count - REAL_SDKS)] : [];
  const children = [...plain, ...sdks];
  const delays: number[] = [];
  try {
    await Promise.all(children.map((child) => next(child, "ready")));
    for (let round = 0; round < ROUNDS; round++) {
      const holding = children.map((child) => next(child, "holding"));
      for (const child of children) child.send({ kind: "hold" });
      await Promise.all(holding);
      const applied = Promise.all(sdks.map((child) => next(child, "applied")));
      const { control } = await command(console, "stop", {
        template: "disable-scenario",
        params: { feature: "reply-assistant", scenario: "billing" },
        idempotencyKey: randomUUID(),
      });
      const answered = preciseNow();
      const times = (await applied).flatMap((message) => message.times ?? []);
      if (round >= WARM_UPS) delays.push(...times.map((at) => Math.max(0, at - answered)));
      await command(console, "undo", { id: control.id });
    }
    return delays;
  } finally {
    for (const child of children) child.kill();
  }
}

/** The same for a plain event stream: what the machine gives at best. */
async function measureBare(count: number, bytes: number): Promise<number[]> {
  const file = new URL("./bare-stream.ts", import.meta.url);
  const server = fork(file, ["server"], { stdio: "inherit" });
  const [port] = (await once(server, "message")) as [number];
  const children = split(count).map((share) =>
    fork(file, ["clients", String(port), String(share)], { stdio: "inherit" }),
  );
  const body = `data: ${"x".repeat(bytes)}\n\n`;
  const delays: number[] = [];
  try {
    await Promise.all(children.map((child) => next(child, "ready")));
    for (let round = 0; round < ROUNDS; round++) {
      const applied = Promise.all(children.map((child) => next(child, "applied")));
      await (await fetch(`http://localhost:${port}/`, { method: "POST", body })).text();
      const answered = preciseNow();
      const times = (await applied).flatMap((message) => message.times ?? []);
      if (round >= WARM_UPS) delays.push(...times.map((at) => Math.max(0, at - answered)));
    }
    return delays;
  } finally {
    for (const child of [...children, server]) child.kill();
  }
}

/** Bytes of the patch that a stop sends: one control and the head. */
const PATCH_BYTES = 1200;

/** How long a stop takes from the route's answer until each SDK has applied it, next to a plain event stream on the same machine. */
export async function benchPropagation(): Promise<void> {
  const console = await startBenchConsole();
  try {
    for (const count of SIZES) {
      const bare = await measureBare(count, PATCH_BYTES);
      const delays = await measureSdks(console, count);
      figure(`propagation.p50.${count}`, quantile(delays, 0.5), "ms");
      figure(`propagation.p99.${count}`, quantile(delays, 0.99), "ms");
      figure(`propagation.bareStream.p99.${count}`, quantile(bare, 0.99), "ms");
    }
  } finally {
    await console.stop();
  }
}
