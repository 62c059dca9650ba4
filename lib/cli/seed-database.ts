import { ensureClient } from "../db/generate-client.ts";
import { Trouble } from "./give-up.ts";

export type SeedOptions = {
  scenario: string;
  /** Address of the database, as the program reaches it. */
  url: string;
  /** One password for everybody who is made. */
  password: string;
  deskSecret?: string;
  /** Whether the database may be on another machine. */
  anywhere?: boolean;
  say?: (line: string) => void;
};

/**
 * Fills a migrated database with a named scenario of `prisma/seed`; what is there already is left alone.
 * @throws Trouble for an unknown scenario, naming those there are.
 */
export async function seedDatabase({ scenario, url, password, deskSecret, anywhere, say }: SeedOptions): Promise<void> {
  ensureClient();
  const { createDb } = await import("../db/client.ts");
  const { seedScenarios } = await import("#prisma/seed/scenarios.ts");
  const seed = seedScenarios[scenario];
  if (!seed)
    throw new Trouble(`There is no scenario "${scenario}". There are: ${Object.keys(seedScenarios).join(", ")}.`);
  const db = createDb(url, { max: 4, name: "evenkeel seed" });
  try {
    const now = new Date();
    await seed({
      db,
      databaseUrl: url,
      anywhere: anywhere ?? false,
      now,
      password,
      deskSecret,
      say: say ?? (() => {}),
    });
  } finally {
    await db.$disconnect();
  }
}

/** Whether nobody has set anything up in a database yet. */
export async function isEmpty(url: string): Promise<boolean> {
  const { createDb } = await import("../db/client.ts");
  const db = createDb(url, { max: 1, name: "evenkeel seed" });
  try {
    return (await db.environment.count()) === 0 || (await db.person.count()) === 0;
  } finally {
    await db.$disconnect();
  }
}
