import { ensureClient } from "../db/generate-client.ts";
import { main, Trouble } from "./give-up.ts";

/** What `npm run bench -- <name>` knows. Each prints its figures as JSON lines. */
const BENCHES: Record<string, () => Promise<void>> = {
  decide: async () => {
    await import("./bench/decide.ts");
  },
  propagation: async () => (await import("./bench/propagation.ts")).benchPropagation(),
  events: async () => (await import("./bench/events.ts")).benchEvents(),
  charts: async () => (await import("./bench/charts.ts")).benchCharts(),
};

/** `npm run bench -- decide | propagation | events | charts`; without a name all of them, one after the other. */
await main(async (lifetime) => {
  ensureClient();
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined)
    throw new Trouble(`There is no bench "${unknown}". There are ${Object.keys(BENCHES).join(", ")}.`);
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) await BENCHES[name]?.();
  await lifetime.end(0);
});
