import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** One line of the file of signed heads: that the audit log ended with this entry at that time. `publicKey` and `signature` base64, Ed25519. */
const sealedHead = z.object({
  at: z.string(),
  seq: z.string().regex(/^\d+$/),
  hash: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type SealedHead = z.infer<typeof sealedHead>;

type Head = { seq: bigint; hash: string };

/** The file of signed heads. It belongs on storage that whoever may change the database may not; copy it away daily. */
export function sealFile(): string {
  return join(env.EVENKEEL_DATA_DIR, "audit-heads.jsonl");
}

/** Signs a head of the audit chain. */
export function sealHead(head: Head, at: Date, privateKey: KeyObject): SealedHead {
  const facts = { at: at.toISOString(), seq: head.seq.toString(), hash: head.hash };
  return {
    ...facts,
    publicKey: createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64"),
    signature: sign(null, signedText(facts), privateKey).toString("base64"),
  };
}

/** Whether a signed head was signed with this key and says what was signed. Anybody can make a key: compare with the one that is trusted. */
export function sealHolds(sealed: SealedHead, trusted: KeyObject): boolean {
  const ours = createPublicKey(trusted).export({ format: "der", type: "spki" }).toString("base64");
  return (
    sealed.publicKey === ours &&
    verify(null, signedText(sealed), createPublicKey(trusted), Buffer.from(sealed.signature, "base64"))
  );
}

function signedText({ at, seq, hash }: Pick<SealedHead, "at" | "seq" | "hash">): Buffer {
  return Buffer.from(`evenkeel audit head\n${at}\n${seq}\n${hash}\n`);
}

/** The signing key, which the command line keeps in the data folder unless `EVENKEEL_AUDIT_KEY` names another. Never in the database it vouches for. */
export function auditKey(): KeyObject {
  if (!env.EVENKEEL_AUDIT_KEY)
    throw new AppError("unavailable", "EVENKEEL_AUDIT_KEY is missing, so the audit log is not signed.");
  return createPrivateKey({ key: Buffer.from(env.EVENKEEL_AUDIT_KEY, "base64"), format: "der", type: "pkcs8" });
}

/** Appends a signed head to the file. */
export async function writeSeal(sealed: SealedHead): Promise<void> {
  await appendFile(sealFile(), `${JSON.stringify(sealed)}\n`);
}

/** All signed heads, oldest first; none when there is no file. A line that was cut off by a crash is left out. */
export async function readSeals(): Promise<SealedHead[]> {
  const text = await readFile(sealFile(), "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const parsed = sealedHead.safeParse(parseJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
