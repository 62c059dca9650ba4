import pg from "pg";

/** Any number will do that nothing else in this database locks. */
const LOCK = 4_811_205;
const RETRY_MS = 2_000;

/** One worker among all: whoever holds a database lock leads, for as long as its connection lives. */
export type Leader = { isLeading(): boolean; close(): Promise<void> };

/** Tries for the lead, again every two seconds, until closed. `url` must not lead through a pooler: the lock belongs to the connection. */
export function standForLeader(url: string): Leader {
  let client: pg.Client | undefined;
  let leading = false;
  let closed = false;
  let attempt: Promise<void> = Promise.resolve();

  async function tryOnce(): Promise<void> {
    if (leading || closed) return;
    client ??= await connect();
    const answer = await client.query("select pg_try_advisory_lock($1) as held", [LOCK]);
    leading = answer.rows[0]?.held === true;
  }

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url, application_name: "evenkeel leader", keepAlive: true });
    const lost = () => {
      if (client === fresh) client = undefined;
      leading = false;
    };
    fresh.on("error", lost).on("end", lost);
    await fresh.connect();
    return fresh;
  }

  const tick = () => {
    attempt = tryOnce().catch(() => {
      leading = false;
      client = undefined;
    });
  };
  const timer = setInterval(tick, RETRY_MS);
  timer.unref();
  tick();

  return {
    isLeading: () => leading,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await attempt;
      leading = false;
      await client?.end().catch(() => {});
    },
  };
}
