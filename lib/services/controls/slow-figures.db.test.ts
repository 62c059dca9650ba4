import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { closeDb, getPool } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { liveView } from "../features/queries.ts";
import { proofOf } from "../instances/queries.ts";
import { placeControl } from "./commands/place.ts";
import { getControl, listSwitches } from "./queries.ts";

const { db, appUrl, ownerUrl } = await testDatabase();
// Telemetry finds its database by itself, as in production.
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

test("nothing on the way to a stop and its proof waits for figures about traffic", async () => {
  const { stop, as } = await publishedScene(db);
  const busy = new Client({ connectionString: ownerUrl });
  await busy.connect();
  try {
    await busy.query("begin; lock table telemetry.decision in access exclusive mode");
    const began = performance.now();
    const switches = await listSwitches(as("operator"), null);
    expect(switches.length).toBeGreaterThan(5);
    expect(switches.every((one) => one.impact.perHour === null)).toBe(true);
    const placed = await placeControl(as("operator"), stop());
    const [control, proof, live] = await Promise.all([
      getControl(as("operator"), placed.value),
      proofOf(as("operator"), placed.value),
      liveView(as("operator"), [placed.value]),
    ]);
    expect([control.liftedAt, proof.controlId, live.features.length]).toEqual([null, placed.value, 1]);
    // The browser gives up on a question after 5 seconds and on a stop after 8.
    expect(performance.now() - began).toBeLessThan(5000);
    // None of the connections over which events come in is held by it.
    const held = await getPool().query(
      "select from pg_stat_activity where application_name = 'evenkeel telemetry' and wait_event_type = 'Lock'",
    );
    expect(held.rowCount).toBe(0);
  } finally {
    await busy.end();
  }
}, 60_000);
