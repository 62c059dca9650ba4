import { z } from "zod";
import type { ChainResult } from "#lib/core/audit/chain.ts";

/** What a command tells the audit log. `target`: `control:<id>`, `feature:<key>`; `sentence`: one sentence for people, past tense, without the actor's name. */
export type AuditInput = {
  action: string;
  target: string;
  featureKey?: string | null;
  /** Set for what belongs to no environment, such as people. */
  everywhere?: true;
  sentence: string;
  reason?: string | null;
  details?: Record<string, string | number | boolean | null>;
};

/** Search of the log; every field narrows. `before`: entries older than that sequence number, for the next page. */
export const auditSearch = z.object({
  environment: z.string().min(1),
  feature: z.string().optional(),
  actor: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  text: z.string().trim().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  before: z.string().regex(/^\d+$/).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type AuditSearch = z.input<typeof auditSearch>;

/** Whether the chain holds; if not, the number (as text) of the first entry that does not fit, with why. */
export type ChainCheck = ChainResult;
