import { z } from "zod";

/** A running SDK as people see it. */
export type InstanceView = {
  id: string;
  app: string;
  name: string;
  lastHeardAt: string;
  /** True when heard from in the last 60 s. */
  heard: boolean;
  follows: { version: number; since: string } | null;
  current: boolean;
  features: string[];
};

/** Take an instance that is not heard from off the list of those a proof waits for. */
export const dismissInstanceInput = z.object({
  environment: z.string().min(1),
  id: z.uuid(),
  reason: z.string().trim().max(500).nullable().default(null),
});
export type DismissInstanceInput = z.input<typeof dismissInstanceInput>;
