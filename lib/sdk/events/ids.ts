import { v7 } from "uuid";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A UUIDv7 of that time (epoch ms), so that the server finds its day by the id alone. */
export function newId(at: number): string {
  return v7({ msecs: Math.max(0, Math.floor(at)) });
}

export function isUuidV7(value: unknown): value is string {
  return typeof value === "string" && UUID_V7.test(value);
}
