import { createHash } from "node:crypto";
import type { Tx } from "#lib/db/transaction.ts";

/**
 * Stores content under its own SHA-256 and returns that name. Storing the same twice is storing it once. Part of a larger command, which authorises and audits:
 * a blob means nothing until a release or a ruleset names it.
 */
export async function storeBlob(tx: Tx, bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await tx.blob.createMany({ data: [{ sha256, mediaType, bytes }], skipDuplicates: true });
  return sha256;
}
