import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { createPool } from "../../db/pool.ts";
import { hashOfKey } from "../../services/keys/queries.ts";
import { postgresSink } from "../../telemetry/postgres/sink.ts";
import { createEnvironment, createServingFeature } from "../../testing/factories.ts";
import { publishFirst } from "../../testing/published.ts";
import type { Lifetime } from "../lifetime.ts";
import { countedOnce } from "./counted-once.ts";
import { startLoad } from "./load.ts";
import type { Round } from "./rounds.ts";
import type { Stage } from "./stage.ts";
import { Tally } from "./tally.ts";

/** The load runs between so long and so much longer before the kill, milliseconds: each SDK sends once a second. */
const LOAD_MS = 600;
const SPREAD_MS = 1000;
/** Decisions that must have been stored without an answer before the kill, in rounds that are about them. */
const ENOUGH_HELD = 100;

/** An environment in which nothing has happened, with one feature and keys for the SDKs and for us. */
async function makeEnvironment({ db }: Stage) {
  const environment = await createEnvironment(db);
  const { feature, scenario } = await createServingFeature(db, environment.id);
  await publishFirst(db, environment);
  const makeKey = async (scope: "server" | "read") => {
    const token = `ek_${environment.key}_${randomBytes(32).toString("base64url")}`;
    const secret = { prefix: token.slice(0, 20), secretHash: hashOfKey(token) };
    const row = { environmentId: environment.id, name: `crash test ${scope}`, scope, createdBy: "crash test" };
    await db.apiKey.create({ data: { ...row, ...secret } });
    return token;
  };
  const keys = { server: await makeKey("server"), read: await makeKey("read") };
  return { environmentId: environment.id, feature: feature.key, scenario: scenario.key, keys };
}

/** How many events this server was sent that were stored already: their first answer died with the one before. */
async function sentTwice(url: string, key: string): Promise<number> {
  const answer = await fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) throw new Error(`The figures of the server answered ${answer.status}.`);
  return Number(/^evenkeel_events_total\{result="duplicate"\} (\d+)/m.exec(await answer.text())?.[1] ?? 0);
}

/**
 * Keeps answers back until it is told to let go: events are stored, but the exposures of new people, which an answer waits for, cannot be written. Resolves once
 * events have been stored meanwhile that nobody was told of.
 */
async function holdAnswers(stage: Stage, environmentId: string): Promise<() => Promise<void>> {
  const owner = new pg.Client({ connectionString: stage.ownerUrl });
  await owner.connect();
  const stored = async () => {
    const { rows } = await owner.query<{ n: string }>(
      "select count(*) as n from telemetry.decision where environment_id = $1",
      [environmentId],
    );
    return Number(rows[0]?.n);
  };
  await owner.query('begin; lock table "Exposure" in share mode');
  const before = await stored();
  // Two batches: the first may have been answered before the lock.
  while ((await stored()) < before + ENOUGH_HELD) await wait(5);
  return () => owner.end();
}

/**
 * Kills the console while real SDKs send it events, which go on and send again: every event must be stored and counted exactly once, in the raw tables,
 * in each roll-up and in the counts of users, and none let go.
 */
export async function ingestRounds(
  stage: Stage,
  lifetime: Lifetime,
  random: () => number,
): Promise<(number: number) => Promise<Round>> {
  const { url } = stage;
  const { keys, ...about } = await makeEnvironment(stage);
  const load = await startLoad(lifetime, { url, key: keys.server, ...about });
  const pool = createPool(stage.databaseUrl, { max: 2, name: "evenkeel crash test" });
  lifetime.add(() => pool.end());
  const sink = postgresSink(pool);
  const tally = new Tally();

  return async () => {
    const holding = random() < 0.5;
    load.begin();
    const loadMs = Math.round(LOAD_MS + random() * SPREAD_MS);
    await wait(loadMs);
    const letGo = holding ? await holdAnswers(stage, about.environmentId) : null;
    await stage.kill();
    await letGo?.();
    await stage.start();
    const { made, lost } = await load.rest();
    tally.add(made);
    // Signals that came before their decision are counted when the worker looks for them; here at once.
    await sink.settleSignals(new Date());
    const found = await countedOnce(pool, about, made, tally);
    if (lost > 0) found.push(`the SDKs let ${lost} events go`);
    const events = made.decisions.length + made.signals.length;
    const twice = await sentTwice(url, keys.read);
    if (holding && twice === 0) found.push("no event was sent twice, so this round has shown nothing");
    const moment = holding ? "with answers under way" : `${loadMs} ms into the load`;
    return { found, line: `killed ${moment}; ${events} events, ${twice} of them sent twice` };
  };
}
