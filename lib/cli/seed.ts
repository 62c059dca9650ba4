import { parseArgs } from "node:util";
import { env } from "../env.ts";
import { readSecrets } from "./data-folder.ts";
import { main } from "./give-up.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";
import { seedDatabase } from "./seed-database.ts";

/** `npm run seed <scenario> [-- --anywhere]` */
await main(async (lifetime) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { anywhere: { type: "boolean", default: false } },
  });
  const database = await openDatabase();
  lifetime.add(database.close);
  await requireMigrated(database);
  const { demoPassword, deskSecret } = readSecrets();
  await seedDatabase({
    scenario: positionals[0] ?? "calm-day",
    url: env.DATABASE_URL ?? database.ownerUrl,
    password: env.EVENKEEL_DEMO_PASSWORD ?? demoPassword,
    deskSecret,
    anywhere: values.anywhere,
    say: (line) => console.log(line),
  });
  console.log("Seeded.");
  await lifetime.end(0);
});
