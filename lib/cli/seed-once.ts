import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../db/migrate.ts";
import { Trouble } from "./give-up.ts";
import { type OpenDatabase, putDatabaseAside } from "./open-database.ts";
import { isEmpty, type SeedOptions, seedDatabase } from "./seed-database.ts";

/** Names a database without its passwords. */
function nameOf({ ownerUrl, embedded }: OpenDatabase): string {
  const { host, pathname } = new URL(ownerUrl);
  // The embedded server may be on another port next time.
  return embedded ? pathname.slice(1) : `${pathname.slice(1)} at ${host}`;
}

/**
 * Fills a migrated database with a scenario where nobody has set anything up yet. What was cut short (Ctrl-C, a lost machine) is no history to show: a file in the
 * data folder says so until it is whole, and the next time the embedded database is put aside and begun anew.
 * @returns whether it was filled; false: it holds something already, which stays.
 * @throws Trouble where another program may still be at it, or the database is somebody else's, and so theirs to drop.
 */
export async function seedOnce(database: OpenDatabase, folder: string, options: SeedOptions): Promise<boolean> {
  const mark = join(folder, "seeding");
  const name = nameOf(database);
  const begun = existsSync(mark) && readFileSync(mark, "utf8") === name;
  if (begun && database.shared) {
    throw new Trouble(
      "Another program uses the embedded database, and its example data are not whole: it is still storing them, or that was cut short. Wait for it or end it, then run this again.",
    );
  }
  if (!(await isEmpty(options.url))) {
    if (!begun) return false;
    await beginAnew(database, name);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, name);
  await seedDatabase(options);
  rmSync(mark);
  return true;
}

async function beginAnew(database: OpenDatabase, name: string): Promise<void> {
  if (!database.embedded) {
    throw new Trouble(
      `The example data in the database ${name} are not whole: storing them was cut short, or another program is still at it. If none is, drop and create that database, then run this again.`,
    );
  }
  await putDatabaseAside(database);
  await migrate({ ownerUrl: database.ownerUrl, appPassword: database.appPassword });
}
