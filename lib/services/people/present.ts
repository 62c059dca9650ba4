import type { Actor } from "#lib/core/access/actor.ts";
import { ROLE_WORDS } from "#lib/core/access/permissions.ts";

/** The signed-in person as the shell shows them: "Support lead, reviewer in Staging". */
export function viewerOf(actor: Actor, environment: { key: string }): { name: string; email: string; roles: string } {
  if (actor.kind !== "person") return { name: actor.name, email: "", roles: "" };
  const here = actor.grants.filter((grant) => grant.environment === null || grant.environment === environment.key);
  const words = [...new Set(here.map((grant) => ROLE_WORDS[grant.role]))].join(", ");
  return { name: actor.name, email: actor.email, roles: words.charAt(0).toUpperCase() + words.slice(1) };
}
