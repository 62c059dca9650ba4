import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const BYTES_PER_ID = 16;

/** Random bytes fetched for 256 ids at once: asking the system for each takes longer than a decision does. */
const pool = new Uint8Array(256 * BYTES_PER_ID);
let used = pool.length;

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES_PER_ID;
  return pool.slice(used - BYTES_PER_ID, used);
}

/** A UUIDv7 of that time (epoch ms), so that the server finds its day by the id alone. */
export function newId(at: number): string {
  return v7({ msecs: Math.max(0, Math.floor(at)), random: randomBytes() });
}

export function isUuidV7(value: unknown): value is string {
  return typeof value === "string" && UUID_V7.test(value);
}
