import { fork } from "node:child_process";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { createPool } from "../../db/pool.ts";
import { env } from "../../env.ts";
import { startBenchConsole } from "./bench-console.ts";
import { bareInsert, batchTimes, CONNECTIONS, copy, HOSTS, perSecond, rollups, WARM_UP } from "./event-stores.ts";
import { trafficBatches } from "./event-traffic.ts";
import { figure } from "./figure.ts";

/** Batches of 500 to each way; COPY and INSERT are over sooner, so they get more. */
const BATCHES = 300;
const PLAIN_BATCHES = 400;

async function post(url: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { ...headers, "content-type": "application/json" },
  });
  const answer = await response.text();
  if (response.status !== 202) throw new Error(`${url} answered ${response.status}: ${answer}`);
}

const bodies = () =>
  trafficBatches(BATCHES + WARM_UP, 5).map((batch) => new Uint8Array(Buffer.from(JSON.stringify(batch))));

/** A plain Node server that reads, unpacks, parses and answers: what HTTP itself costs. */
async function bareHttp(): Promise<number> {
  const child = fork(new URL("./bare-http.ts", import.meta.url), { stdio: "inherit" });
  const [port] = (await once(child, "message")) as [number];
  try {
    return await perSecond(bodies(), HOSTS, (body) => post(`http://localhost:${port}/`, body, {}));
  } finally {
    child.kill();
  }
}

/**
 * What the store does, with its share of what plain INSERT and COPY of the same rows do on this machine in the same minute. These are given four
 * connections; INSERT is measured with one, too, because the store counts one batch of an environment after the other.
 */
async function benchStores(): Promise<void> {
  const address = env.DATABASE_DIRECT_URL ?? "";
  const [app, owner] = [createPool(address), createPool(address, { max: CONNECTIONS, limited: false })];
  try {
    const counted = await rollups(app, BATCHES);
    const fewHosts = await rollups(app, BATCHES, CONNECTIONS);
    const inserted = await bareInsert(owner, PLAIN_BATCHES);
    const insertedByOne = await bareInsert(owner, BATCHES, 1);
    const copied = await copy(owner, PLAIN_BATCHES);
    const times = await batchTimes(app, BATCHES);
    figure("events.rollups.perSecond", counted, "1/s");
    figure("events.rollups.fourHosts.perSecond", fewHosts, "1/s");
    figure("events.bareInsert.perSecond", inserted, "1/s");
    figure("events.bareInsert.oneConnection.perSecond", insertedByOne, "1/s");
    figure("events.copy.perSecond", copied, "1/s");
    figure("events.rollups.ofBareInsert", counted / inserted, "ratio");
    figure("events.rollups.ofBareInsert.oneConnection", counted / insertedByOne, "ratio");
    figure("events.rollups.ofCopy", counted / copied, "ratio");
    figure("events.batch500.p50", times.p50, "ms");
    figure("events.batch500.p99", times.p99, "ms");
  } finally {
    await Promise.all([app.end(), owner.end()]);
  }
}

/** How many events a second are stored and counted, by themselves and through the events route, next to what PostgreSQL and HTTP do at best. */
export async function benchEvents(): Promise<void> {
  const console = await startBenchConsole();
  try {
    await benchStores();
    const url = `${console.url}/api/v1/events`;
    const headers = { authorization: `Bearer ${console.serverKey}` };
    figure("events.perSecond", await perSecond(bodies(), HOSTS, (body) => post(url, body, headers)), "1/s");
    const packed = bodies().map((body) => new Uint8Array(gzipSync(body)));
    figure(
      "events.gzip.perSecond",
      await perSecond(packed, HOSTS, (body) => post(url, body, { ...headers, "content-encoding": "gzip" })),
      "1/s",
    );
    figure("events.bareHttp.perSecond", await bareHttp(), "1/s");
  } finally {
    await console.stop();
  }
}
