import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { createEnvironment } from "../testing/factories.ts";
import type { Job } from "./job.ts";
import { standForLeader } from "./leader.ts";
import { startWorker } from "./main.ts";

const { db, pool, ownerUrl } = await testDatabase();
const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
afterAll(() => owner.end());

/** A promise and what resolves it: tests wait for the thing itself. */
function signal<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe("the worker", () => {
  it("runs frequent jobs as an automation of every environment, and stops", async () => {
    await createEnvironment(db, { key: "production" });
    const ran = signal<string[]>();
    const job: Job = {
      name: "look-around",
      everyMs: 20,
      run: async (tools) => {
        const contexts = await tools.contexts();
        ran.resolve(contexts.map((ctx) => `${ctx.environment.key} by ${ctx.actor.kind} ${ctx.actor.name}`));
      },
    };
    const worker = await startWorker({ db, pool, directUrl: ownerUrl, jobs: [job] });
    expect(await ran.promise).toEqual(["production by automation look-around"]);
    await worker.stop();
  });

  it("keeps a frequent job going after it failed", async () => {
    const again = signal<void>();
    let runs = 0;
    const job: Job = {
      name: "stumble",
      everyMs: 10,
      run: async () => {
        runs += 1;
        if (runs === 1) throw new Error("once");
        again.resolve();
      },
    };
    const worker = await startWorker({ db, pool, directUrl: ownerUrl, jobs: [job] });
    await again.promise;
    await worker.stop();
    expect(runs).toBeGreaterThanOrEqual(2);
  });

  it("schedules a job by the clock as the limited role", async () => {
    const job: Job = { name: "every-night", cron: "0 3 * * *", run: async () => {} };
    const worker = await startWorker({ db, pool, directUrl: ownerUrl, jobs: [job] });
    const rows = await owner.query("select name, cron from pgboss.schedule");
    expect(rows.rows).toEqual([{ name: "every-night", cron: "0 3 * * *" }]);
    await worker.stop();
  });
});

describe("the lead", () => {
  it("is held by one and passes on when its connection is lost", async () => {
    const first = standForLeader(ownerUrl);
    await expect.poll(first.isLeading).toBe(true);
    const second = standForLeader(ownerUrl);
    await expect.poll(() => owner.query("select 1").then(() => second.isLeading())).toBe(false);
    await first.close();
    await expect.poll(second.isLeading, { timeout: 10_000 }).toBe(true);
    await second.close();
  });
});
