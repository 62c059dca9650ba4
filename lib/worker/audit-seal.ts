import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "#lib/env.ts";

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

/** The signing key: `EVENKEEL_AUDIT_KEY`, or one made at first use in the data folder. Never in the database it vouches for. */
export async function auditKey(): Promise<KeyObject> {
  if (env.EVENKEEL_AUDIT_KEY) {
    return createPrivateKey({ key: Buffer.from(env.EVENKEEL_AUDIT_KEY, "base64"), format: "der", type: "pkcs8" });
  }
  const file = join(env.EVENKEEL_DATA_DIR, "audit-key.pem");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return createPrivateKey(kept);
  const { privateKey } = generateKeyPairSync("ed25519");
  await mkdir(env.EVENKEEL_DATA_DIR, { recursive: true });
  // Two processes at first start: the one that came second reads what the first wrote.
  await writeFile(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flag: "wx" }).catch(
    () => {},
  );
  return createPrivateKey(await readFile(file, "utf8"));
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
