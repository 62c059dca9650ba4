import type { ProofView } from "#lib/services/controls/schema.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import type { InstanceView } from "#lib/services/instances/schema.ts";

/** What `GET /api/console/live` answers. `serverTime`: epoch ms; `version`: of the newest ruleset. */
export type LiveAnswer = {
  serverTime: number;
  version: number;
  features: FeatureCard[];
  proofs: ProofView[];
  instances: InstanceView[];
};

/** Milliseconds to the next question: quick while somebody waits for a proof. */
export function pollInterval(watched: readonly string[], proofs: readonly ProofView[]): number {
  const waiting = watched.some((id) => {
    const proof = proofs.find((each) => each.controlId === id);
    return proof === undefined || proof.state === "pending";
  });
  return waiting ? 300 : 1000;
}
