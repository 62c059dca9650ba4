import { createHash, randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { hashInSlices } from "../../core/delivery/hash.ts";
import { inSlices } from "../time/slices.ts";
import { parseJson } from "./parse-json.ts";
import { isRecord, isRuleset } from "./shape.ts";
import { writeJson } from "./write-json.ts";

/** What the file holds beside the ruleset: whose it is, its hash, and the server time (epoch ms) at which it was last confirmed. */
export type Cached = { ruleset: Ruleset; serverTime: number };

/** Binds a file to one control room and key, so that a file of another environment is never followed. The key itself is not in it. */
export function sourceOf(url: string, key: string): string {
  return createHash("sha256").update(`${url}\n${key}`).digest("hex");
}

/** Writes the file whole or not at all (0600, through a temporary one beside it). Rejects when the disk does not let it. */
export async function writeCacheFile(path: string, source: string, hash: string, cached: Cached): Promise<void> {
  const text = await inSlices(writeJson({ source, hash, serverTime: cached.serverTime, ruleset: cached.ruleset }));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What the file holds; null when there is none. Rejects when it is another control room's, damaged, or unreadable. */
export async function readCacheFile(path: string, source: string): Promise<Cached | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const content = await inSlices(parseJson(text));
  if (!isRecord(content) || content.source !== source) throw new Error("it belongs to another control room or key");
  if (!isRuleset(content.ruleset)) throw new Error("it holds no ruleset");
  const { hash } = await inSlices(hashInSlices(content.ruleset));
  if (hash !== content.hash) throw new Error("it is damaged");
  return { ruleset: content.ruleset, serverTime: typeof content.serverTime === "number" ? content.serverTime : 0 };
}
