import type { PrismaClient } from "#lib/db/generated/client.ts";

/** Immutable content as it was stored. */
export type StoredBlob = { mediaType: string; bytes: Uint8Array };

/** The content of that name (SHA-256, lowercase hex); null when there is none. */
export async function readBlob(db: PrismaClient, sha256: string): Promise<StoredBlob | null> {
  return db.blob.findUnique({ where: { sha256 }, select: { mediaType: true, bytes: true } });
}
