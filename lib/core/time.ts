/** Lengths of time that no clock change alters, in milliseconds. A day of an organisation may be an hour shorter or longer (`lib/core/metrics/slots.ts`). */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
