/** A moment in the past that every test agrees on: a Wednesday noon, UTC. */
export const NOON = new Date("2026-03-04T12:00:00.000Z");
