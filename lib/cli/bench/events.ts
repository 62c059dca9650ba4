import { fork } from "node:child_process";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { v7 as uuidv7 } from "uuid";
import { createPool } from "../../db/pool.ts";
import { env } from "../../env.ts";
import { startBenchConsole } from "./bench-console.ts";
import { figure } from "./figure.ts";

const BATCH = 500;
const BATCHES = 120;
const WARM_UP = 10;
const SENDERS = 4;
const USERS = 5000;

/** A decision event as the SDK sends it. */
function anEvent(index: number) {
  return {
    type: "decision",
    id: uuidv7(),
    at: new Date().toISOString(),
    instance: `0199a000-0000-7000-8000-00000000000${index % 3}`,
    feature: "reply-assistant",
    scenarios: ["billing"],
    cohorts: ["region-de"],
    cohortsUnknown: [],
    release: "bench",
    arm: "current",
    slot: (index * 7919) % 100_000,
    ruleset: { epoch: "0199a000-0000-7000-8000-000000000000", version: 12 },
    userHash: (index % USERS).toString(16).padStart(32, "0"),
    initiatedBy: "user",
    served: "primary",
    provider: "provider-x",
    model: "large",
    mode: "autonomous",
    latencyMs: 812.4,
    costUsd: 0.0021,
    tokensIn: 812,
    tokensOut: 120,
    safetyFiltered: false,
    confidence: 0.87,
    controls: [],
    dimensions: {},
  };
}

const batches = () =>
  Array.from({ length: BATCHES + WARM_UP }, () => Array.from({ length: BATCH }, (_, index) => anEvent(index)));

/** Runs every batch through `send`, a few at a time; events per second after the warm-up. */
async function perSecond<T>(work: readonly T[], send: (batch: T) => Promise<void>): Promise<number> {
  const queue = [...work];
  const drain = async () => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await send(batch);
  };
  const warm = queue.splice(0, WARM_UP);
  for (const batch of warm) await send(batch);
  const started = performance.now();
  await Promise.all(Array.from({ length: SENDERS }, drain));
  return ((work.length - WARM_UP) * BATCH * 1000) / (performance.now() - started);
}

/** The same rows by plain INSERT statements of 500 rows into a plain table with a primary key: what the database gives at best. */
async function bareInsert(): Promise<number> {
  const pool = createPool(env.DATABASE_DIRECT_URL ?? "", { max: SENDERS, limited: false });
  await pool.query(
    `create table if not exists bench_bare (id uuid primary key, at timestamptz, instance text, feature text, scenarios text[], cohorts text[], "cohortsUnknown" text[], release text, arm text,
      slot integer, ruleset jsonb, "userHash" text, "initiatedBy" text, served text, provider text, model text, mode text, "latencyMs" double precision, "costUsd" double precision,
      "tokensIn" bigint, "tokensOut" bigint, "safetyFiltered" boolean, confidence double precision, controls text[], dimensions jsonb)`,
  );
  const columns = Object.keys(anEvent(0)).filter((name) => name !== "type");
  const places = Array.from(
    { length: BATCH },
    (_, row) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join(",")})`,
  );
  const text = `insert into bench_bare (${columns.map((name) => `"${name}"`).join(",")}) values ${places.join(",")}`;
  const rows = batches().map((batch) =>
    batch.flatMap((event) => columns.map((name) => Reflect.get(event, name) as unknown)),
  );
  const result = await perSecond(rows, async (values) => {
    await pool.query({ name: "bare", text, values });
  });
  await pool.query("drop table bench_bare");
  await pool.end();
  return result;
}

async function post(url: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { ...headers, "content-type": "application/json" },
  });
  const answer = await response.text();
  if (response.status !== 202) throw new Error(`${url} answered ${response.status}: ${answer}`);
}

const bodies = () => batches().map((batch) => new Uint8Array(Buffer.from(JSON.stringify(batch))));

/** A plain Node server that reads, unpacks, parses and answers: what HTTP itself costs. */
async function bareHttp(): Promise<number> {
  const child = fork(new URL("./bare-http.ts", import.meta.url), { stdio: "inherit" });
  const [port] = (await once(child, "message")) as [number];
  try {
    return await perSecond(bodies(), (body) => post(`http://localhost:${port}/`, body, {}));
  } finally {
    child.kill();
  }
}

/** How many events a second the events route takes, next to what a bare INSERT and bare HTTP do on this machine. */
export async function benchEvents(): Promise<void> {
  const console = await startBenchConsole();
  try {
    const url = `${console.url}/api/v1/events`;
    const headers = { authorization: `Bearer ${console.serverKey}` };
    figure("events.perSecond", await perSecond(bodies(), (body) => post(url, body, headers)), "1/s");
    const packed = batches().map((batch) => new Uint8Array(gzipSync(JSON.stringify(batch))));
    figure(
      "events.gzip.perSecond",
      await perSecond(packed, (body) => post(url, body, { ...headers, "content-encoding": "gzip" })),
      "1/s",
    );
    figure("events.bareInsert.perSecond", await bareInsert(), "1/s");
    figure("events.bareHttp.perSecond", await bareHttp(), "1/s");
  } finally {
    await console.stop();
  }
}
