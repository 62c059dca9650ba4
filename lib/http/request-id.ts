import { v7 as uuidv7 } from "uuid";

const ACCEPTED = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The request's id: the caller's `x-request-id` when it is a plain token of 8 to 64 characters, else a new UUIDv7. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && ACCEPTED.test(given) ? given : uuidv7();
}
