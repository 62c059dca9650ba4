import { createHmac } from "node:crypto";
import type { Pool } from "pg";
import { exampleContext } from "#lib/auth/example-context.ts";
import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { createPool } from "#lib/db/pool.ts";
import { expireControls } from "#lib/services/controls/commands/expire.ts";
import { placeControl } from "#lib/services/controls/commands/place.ts";
import { automationContexts } from "#lib/worker/automation-context.ts";
import { seedBank } from "./calm-day.ts";
import { momentOf } from "./history/calendar.ts";
import { historyOf } from "./history/generate.ts";
import type { Moment, Stop, Story } from "./history/story.ts";
import type { World } from "./history/world.ts";
import { hasHistory, writeExposures, writeHistory } from "./history/write.ts";
import { releaseIdOf } from "./rows/features.ts";
import { ZONE } from "./rows/organisation.ts";
import { PAST_SERVERS, seedPastServers } from "./rows/past-servers.ts";
import { daysBefore, idOf, type SeedContext } from "./seed-context.ts";

const DAYS = 60;
/** A history ends this long ago, so that live traffic may take over. */
const ENDS_MS = 3 * 60_000;
const ENVIRONMENT = "production";

/**
 * The example bank with sixty days of history in Production: the story's events through the real sink, its stops through the real commands.
 * Where anything was reported before, it stays as it is.
 */
export function withHistory(story: Story): (ctx: SeedContext) => Promise<void> {
  return async (ctx) => {
    const days = ctx.historyDays ?? DAYS;
    await seedBank(ctx, daysBefore(ctx.now, days + 1));
    const pool = createPool(ctx.databaseUrl, { max: 2, name: "evenkeel seed" });
    try {
      await tell(ctx, pool, story, days);
    } finally {
      await pool.end();
    }
  };
}

async function tell(ctx: SeedContext, pool: Pool, story: Story, days: number): Promise<void> {
  const { db, say } = ctx;
  const environment = await db.environment.findUniqueOrThrow({ where: { key: ENVIRONMENT } });
  if (await hasHistory(pool, environment.id)) return;
  const now = ctx.now.getTime();
  const first = { epoch: environment.epoch, version: environment.version };
  const past = await placeStops(ctx, story.stops);
  // As `hashUser` makes it, by the host's own crypto, which is several times faster.
  const key = Buffer.from(environment.userHashKey, "base64");
  const hashes = new Map<string, string>();
  const world: World = {
    now,
    zone: ZONE,
    days,
    end: now - ENDS_MS,
    pseudonym(id) {
      const hash = hashes.get(id) ?? createHmac("sha256", key).update(id, "utf8").digest("hex").slice(0, 32);
      hashes.set(id, hash);
      return hash;
    },
    releaseId: releaseIdOf,
    rulesets: [{ from: -Infinity, name: first }, ...past.rulesets],
    stops: past.stops,
    instances: PAST_SERVERS.map(({ id }) => id),
  };
  const events = historyOf(story, world);
  await writeExposures(db, environment.id, events);
  await seedPastServers(db, {
    environmentId: environment.id,
    from: daysBefore(ctx.now, days),
    to: new Date(world.end),
  });
  await writeHistory(pool, environment.id, { events, midnight: momentOf(ZONE, now, days - 1, 0), now });
  say(`${environment.name}: ${days} days of history, ${events.length.toLocaleString("en")} events.`);
}

type Past = Pick<World, "rulesets" | "stops">;

/** Places each stop as its person did, at its time, and ends it at the time that was chosen, with all that belongs to it: audit entries and published rules. */
async function placeStops({ db, now }: SeedContext, stops: readonly Stop[]): Promise<Past> {
  const epoch = ([daysAgo, hour]: Moment) => momentOf(ZONE, now.getTime(), daysAgo, hour);
  const rulesets: { from: number; name: RulesetName }[] = [];
  const placed: World["stops"][number][] = [];
  for (const { feature, scenario, by, reason, ...stop } of stops) {
    const [from, until] = [epoch(stop.from), epoch(stop.until)];
    const lead = await exampleContext(db, { environment: ENVIRONMENT, email: by, now: new Date(from) });
    const {
      value: control,
      epoch: name,
      version,
    } = await placeControl(lead, {
      environment: ENVIRONMENT,
      template: "disable-scenario",
      params: { feature, scenario },
      expiresAt: new Date(until).toISOString(),
      reason,
      idempotencyKey: idOf("control", `${feature}/${scenario}`),
    });
    placed.push({ control, feature, scenario, from, until });
    rulesets.push({ from, name: { epoch: name, version } });
    for (const automation of await automationContexts(db, "expire-controls", new Date(until))) {
      if (automation.environment.key !== ENVIRONMENT) continue;
      await expireControls(automation);
      const row = await db.environment.findUniqueOrThrow({ where: { key: ENVIRONMENT } });
      rulesets.push({ from: until, name: { epoch: row.epoch, version: row.version } });
    }
  }
  return { rulesets, stops: placed };
}
