import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../db/embedded-server.ts";
import { ensureClient } from "../db/generate-client.ts";
import { migrate } from "../db/migrate.ts";
import { env } from "../env.ts";
import { startTestServer } from "../testing/test-server.ts";
import { buildConsole, isBuilt } from "./build-console.ts";
import { disagreements } from "./crash/agreement.ts";
import { signInOverHttp } from "./crash/operator.ts";
import { startConsole } from "./demo-programs.ts";
import { main } from "./give-up.ts";
import type { Started } from "./processes.ts";
import { seedDatabase } from "./seed-database.ts";

const DATABASE = "evenkeel_crash";
const ENVIRONMENT = "production";
const FEATURE = "reply-assistant";
/** Sentences of which a run switches one on and off again. */
const CLICKS = [
  { template: "disable-scenario", params: { feature: FEATURE, scenario: "billing" } },
  { template: "review-feature", params: { feature: FEATURE } },
  { template: "turn-off-feature", params: { feature: FEATURE } },
  { template: "disable-scenario", params: { feature: FEATURE, scenario: "refunds" } },
];

/** Numbers from 0 to 1 that a seed repeats: mulberry32 (Tommy Ettinger, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As the machine does it when power fails: no signal handler runs, nothing is flushed. */
async function killNow({ child }: Started): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  await ended;
}

await main(async (lifetime) => {
  lifetime.allow(30_000);
  const runs = env.CRASH_RUNS;
  const seed = env.CRASH_SEED ?? randomInt(2 ** 31);
  const random = randomFrom(seed);
  console.log(`CRASH_SEED=${seed} CRASH_RUNS=${runs}`);

  ensureClient();
  const { server, dataDir, remove } = await startTestServer("crash");
  lifetime.add(remove);
  const owner = new pg.Client({ connectionString: server.url("postgres") });
  await owner.connect();
  await owner.query(`create database ${DATABASE}`);
  await owner.end();
  const ownerUrl = server.url(DATABASE);
  const databaseUrl = server.url(DATABASE, "app");
  await migrate({ ownerUrl, appPassword: server.appPassword });
  const password = randomBytes(9).toString("base64url");
  await seedDatabase({ scenario: "calm-day", url: databaseUrl, password });
  if (!isBuilt()) await buildConsole();
  const { createDb } = await import("../db/client.ts");
  const db = createDb(databaseUrl, { max: 4, name: "evenkeel crash test" });
  lifetime.add(() => db.$disconnect());

  const port = await freePort();
  const start = () =>
    startConsole(port, { DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: ownerUrl, EVENKEEL_DATA_DIR: dataDir });
  let console_ = await start();
  lifetime.add(() => console_.stop());
  const lead = await signInOverHttp(`http://localhost:${port}`, "lead@example.com", password);

  /** Switches one sentence on and off undisturbed, which warms the server; how long the slower of both took (ms). */
  async function rehearse(): Promise<number> {
    const started = performance.now();
    const placed = await lead.knock("stop", { environment: ENVIRONMENT, ...CLICKS[0], idempotencyKey: randomUUID() });
    const between = performance.now();
    await lead.knock("lift", { environment: ENVIRONMENT, id: placed?.controlId });
    return Math.max(between - started, performance.now() - between);
  }

  /** One click, one SIGKILL at a random moment of it, and what does not agree afterwards. */
  async function run(number: number): Promise<string[]> {
    await rehearse();
    const took = await rehearse();
    const click = { environment: ENVIRONMENT, ...CLICKS[number % CLICKS.length], idempotencyKey: randomUUID() };
    const lifting = random() < 0.4;
    const before = lifting ? await lead.knock("stop", click) : null;
    const answer = lead.knock(
      lifting ? "lift" : "stop",
      lifting ? { environment: ENVIRONMENT, id: before?.controlId } : click,
    );
    await wait(random() * took * 1.2);
    await killNow(console_);
    const answered = await answer;
    console_ = await start();
    const found = await disagreements(db, ENVIRONMENT);
    const kept = await db.control.findFirst({ where: { idempotencyKey: click.idempotencyKey } });
    const moment = answered
      ? "after its answer"
      : (lifting ? kept?.liftedAt : kept)
        ? "after its commit"
        : "before its commit";

    const again = lifting
      ? await lead.knock("lift", { environment: ENVIRONMENT, id: before?.controlId })
      : await lead.knock("stop", click);
    if (again?.status !== 200) found.push(`the same click again was answered with ${again?.status}`);
    const same = await db.control.findMany({ where: { idempotencyKey: click.idempotencyKey } });
    if (same.length !== 1) found.push(`the click and its retry made ${same.length} controls`);
    if (answered?.status === 200 && answered.controlId !== again?.controlId)
      found.push("what was answered before the crash was lost");
    if (!lifting) await lead.knock("lift", { environment: ENVIRONMENT, id: again?.controlId });
    found.push(...(await disagreements(db, ENVIRONMENT)));
    const left = await db.control.count({ where: { environment: { key: ENVIRONMENT }, liftedAt: null } });
    if (left > 0) found.push(`${left} controls are left after everything was lifted`);
    const verdict = found.length === 0 ? "ok" : "FAILED";
    console.log(`${verdict} ${number + 1}: killed while ${lifting ? "lifting" : "stopping"}, ${moment}`);
    return found;
  }

  let failed = 0;
  for (let number = 0; number < runs; number++) {
    const found = await run(number);
    for (const sentence of found) console.log(`  ${sentence}`);
    if (found.length > 0) failed += 1;
  }
  console.log(`${runs - failed} passed, ${failed} failed`);
  await lifetime.end(failed === 0 ? 0 : 1);
});
