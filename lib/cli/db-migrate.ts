import { ensureClient } from "../db/generate-client.ts";
import { migrate } from "../db/migrate.ts";
import { main } from "./give-up.ts";
import { openDatabase } from "./open-database.ts";

await main(async (lifetime) => {
  ensureClient();
  const database = await openDatabase();
  lifetime.add(database.close);
  await migrate({ ownerUrl: database.ownerUrl, appPassword: database.appPassword });
  console.log("The database is up to date.");
  await lifetime.end(0);
});
