import { z } from "zod";
import { KEY_SCOPES, type KeyScope } from "#lib/core/access/actor.ts";

const featureKey = z.string().min(1).max(100);

/** Make an API key. `origins` only for `client` keys, `features` only for `automation` keys (none named: it may touch nothing). */
export const createKeyInput = z
  .object({
    environment: z.string().min(1),
    name: z.string().trim().min(1, "Give the key a name that people recognise.").max(100),
    scope: z.enum(KEY_SCOPES),
    origins: z.array(z.url()).max(50).default([]),
    features: z.array(featureKey).max(200).default([]),
  })
  .refine((key) => key.scope === "client" || key.origins.length === 0, "Only a client key has origins.")
  .refine((key) => key.scope === "automation" || key.features.length === 0, "Only an automation key names features.");
export type CreateKeyInput = z.input<typeof createKeyInput>;

export const revokeKeyInput = z.object({ environment: z.string().min(1), id: z.uuid() });
export type RevokeKeyInput = z.input<typeof revokeKeyInput>;

/** A key as people see it; the secret itself is never stored. `usedBy`: names of instances heard from with it in the last 24 h. Times ISO 8601. */
export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  scope: KeyScope;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  usedBy: string[];
};
