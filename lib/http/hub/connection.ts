import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Names this replica for as long as it runs. */
export const REPLICA = randomUUID().slice(0, 8);

function seal(secret: string, keyId: string, name: string): string {
  return createHmac("sha256", secret).update(`connection:${keyId}:${name}`).digest("base64url").slice(0, 22);
}

/** A new name for a live connection, bound to its key. Any replica can check the seal; only the one that made it knows whether it is open. */
export function newConnection(secret: string, keyId: string): string {
  const name = `${REPLICA}.${randomUUID()}`;
  return `${name}.${seal(secret, keyId, name)}`;
}

/** Whether a connection was given to this key, and by which replica; null when it was not. */
export function openedBy(secret: string, keyId: string, connection: string): { replica: string } | null {
  const [replica, id, mac, ...rest] = connection.split(".");
  if (!replica || !id || !mac || rest.length > 0) return null;
  const expected = Buffer.from(seal(secret, keyId, `${replica}.${id}`));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? { replica } : null;
}
