/** Version of the ruleset and decision contract. A ruleset of another version is unreadable: everything falls back. */
export const SCHEMA_VERSION = 1;

/** Slots of a rollout: a share of 1 % is 1,000 slots. */
export const SLOTS = 100_000;

/** Rungs of a fallback ladder in their usual order, safer to the right. A scenario's own ladder decides the real order. */
export const RUNG_KINDS = ["cached", "template", "static", "manual", "person"] as const;

/** Names of arms that mean something else in a decision: no rollout may call an arm so. */
export const RESERVED_ARMS: ReadonlySet<string> = new Set(["current", "pinned"]);
