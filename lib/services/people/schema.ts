import { z } from "zod";
import { ROLES, type Role } from "#lib/core/access/actor.ts";

const email = z.email().transform((address) => address.trim().toLowerCase());

/** Add a person. The password is theirs to change; at least 12 characters, because length is what counts. */
export const addPersonInput = z.object({
  environment: z.string().min(1),
  email,
  name: z.string().trim().min(1).max(100),
  password: z.string().min(12, "A password needs at least 12 characters.").max(200),
  zone: z.string().min(1).default("UTC"),
});
export type AddPersonInput = z.input<typeof addPersonInput>;

/** Give somebody a role: everywhere, or only in the environment of `only` and for the feature. */
export const grantRoleInput = z.object({
  environment: z.string().min(1),
  email,
  role: z.enum(ROLES),
  only: z.string().min(1).nullable().default(null),
  feature: z.string().min(1).nullable().default(null),
});
export type GrantRoleInput = z.input<typeof grantRoleInput>;

export const revokeRoleInput = z.object({ environment: z.string().min(1), grant: z.uuid() });
export type RevokeRoleInput = z.input<typeof revokeRoleInput>;

export const endSessionsInput = z.object({ environment: z.string().min(1), email });
export type EndSessionsInput = z.input<typeof endSessionsInput>;

/** A person and the roles they hold. Times ISO 8601. */
export type PersonView = {
  id: string;
  name: string;
  email: string;
  archived: boolean;
  roles: { id: string; role: Role; environment: string | null; feature: string | null; since: string }[];
  /** Live sessions. */
  sessions: number;
};
