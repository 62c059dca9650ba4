/** Roles of people. `operator` is the support lead. */
export const ROLES = ["viewer", "author", "operator", "product-manager", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** A role somebody holds, everywhere (`null`) or only in one environment (its key) or feature (its key). `grantedAt`: epoch ms. */
export type Grant = { role: Role; environment: string | null; feature: string | null; grantedAt: number };

export const KEY_SCOPES = ["server", "client", "automation", "read"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Who acts: a person, an API key, or Evenkeel's own automation. */
export type Actor =
  | { kind: "person"; id: string; name: string; email: string; sessionId: string; grants: readonly Grant[] }
  | {
      kind: "key";
      id: string;
      name: string;
      scope: KeyScope;
      environment: string;
      /** Features an automation key may touch. */
      features: readonly string[];
      /** Origins a client key may come from. */
      origins: readonly string[];
    }
  | { kind: "automation"; name: string };

/** The actor as tables and the audit log name it: `person:<id>`, `key:<id>` or `automation:<name>`. */
export function actorReference(actor: Actor): string {
  return actor.kind === "automation" ? `automation:${actor.name}` : `${actor.kind}:${actor.id}`;
}
