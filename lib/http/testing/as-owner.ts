import { Client } from "pg";

/** Runs one statement as the owner of a test database, for what the application's role may not do. */
export async function asOwner(ownerUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
