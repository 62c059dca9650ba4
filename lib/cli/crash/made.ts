/** What SDKs say they made. `user`: pseudonym. */
export type Made = {
  decisions: { id: string; user: string; instance: string; latencyMs: number }[];
  signals: { decision: string; kind: string; value: number | null; changed: number | null }[];
};
