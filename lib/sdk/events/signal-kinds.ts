import type { SignalKind } from "../types.ts";

/** The contract's kinds, kept here so that the SDK carries no schema library; a test holds the two lists equal. */
export const SIGNAL_KINDS: readonly SignalKind[] = [
  "shown",
  "accepted",
  "edited",
  "overridden",
  "reverted",
  "regenerated",
  "dismissed",
  "abandoned",
  "copied-not-sent",
  "switched-to-manual",
  "manual-path",
  "thumbs-up",
  "thumbs-down",
  "escalated",
  "policy-violation",
  "moderated",
  "reviewed",
  "task-completed",
  "task-failed",
  "session-restarted",
  "turned-off",
  "turned-on",
  "judged",
  "audited",
];
