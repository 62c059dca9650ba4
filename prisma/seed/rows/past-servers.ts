import type { PrismaClient } from "#lib/db/generated/client.ts";
import { idOf } from "../seed-context.ts";

/** Servers of the support desk that reported a history, and have closed in order since. */
export const PAST_SERVERS = ["desk-1", "desk-2", "desk-3"].map((name) => ({
  id: idOf("instance", `production/${name}`),
  name: `support-desk ${name}`,
}));

/** Makes them known, so that nobody takes them for servers that fell silent. */
export async function seedPastServers(
  db: PrismaClient,
  { environmentId, from, to }: { environmentId: string; from: Date; to: Date },
): Promise<void> {
  await db.instance.createMany({
    data: PAST_SERVERS.map((server) => ({
      ...server,
      environmentId,
      app: "support-desk",
      sdk: "0.1.0",
      apiKeyId: idOf("key", "production/support-desk"),
      firstHeardAt: from,
      lastHeardAt: to,
      closedAt: to,
      features: { "reply-assistant": to, "case-summary": to, "knowledge-answers": to },
    })),
    skipDuplicates: true,
  });
}
