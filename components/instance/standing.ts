import type { InstanceView } from "#lib/services/instances/schema.ts";

export type Standing = { kind: "current" | "behind" | "silent"; words: string };

/** How far a running server can be relied on, in words. Silence comes first: what it follows now is not known. */
export function standing({ heard, follows, current }: InstanceView): Standing {
  if (!heard) return { kind: "silent", words: "Not heard from: may follow older rules" };
  if (follows === null) return { kind: "behind", words: "Has no rules yet: gives its fallback" };
  return current
    ? { kind: "current", words: "Follows the newest rules" }
    : { kind: "behind", words: "Still follows older rules" };
}
