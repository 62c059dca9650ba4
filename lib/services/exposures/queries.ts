import type { PrismaClient } from "#lib/db/generated/client.ts";

const PAGE = 20_000;

/** Who to count: everybody who has had the feature, or only those who were given that release. */
export type Membership = { environmentId: string; featureKey: string; release: string | null };

/** How many distinct people have been exposed. */
export async function countExposed(db: PrismaClient, who: Membership): Promise<number> {
  const [row] = await db.$queryRaw<{ people: bigint }[]>`
    select count(distinct "userHash") as people from "Exposure"
    where "environmentId" = ${who.environmentId}::uuid and "featureKey" = ${who.featureKey}
      and (${who.release}::text is null or release = ${who.release})`;
  return Number(row?.people ?? 0);
}

/** Their pseudonyms, read a page at a time. */
export async function* exposedUsers(db: PrismaClient, who: Membership): AsyncGenerator<string[]> {
  let after = "";
  while (true) {
    const rows = await db.$queryRaw<{ userHash: string }[]>`
      select distinct "userHash" from "Exposure"
      where "environmentId" = ${who.environmentId}::uuid and "featureKey" = ${who.featureKey}
        and (${who.release}::text is null or release = ${who.release}) and "userHash" > ${after}
      order by "userHash" limit ${PAGE}`;
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => row.userHash);
    after = last.userHash;
  }
}
