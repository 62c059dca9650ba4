import { isStop } from "#components/control/layers.ts";
import type { LayerKey, ProofView } from "#lib/services/controls/schema.ts";

/** The count, word for word as tests and screen readers know it: "2 of 3 confirmed". */
export function countSentence(proof: ProofView): string {
  return `${proof.confirmed} of ${proof.of} confirmed`;
}

/** What the click has done so far. */
export function headline(placing: boolean, layer: LayerKey, proof: ProofView | undefined): string {
  const settled = proof?.state === "proved" || proof?.state === "nobody";
  if (!placing) return settled ? "Lifted" : "Lifting…";
  if (isStop(layer)) return settled ? "Stopped" : "Stopping…";
  return settled ? "In force" : "Taking effect…";
}

/** What stands beside the count: how long it took, or why it is not all yet. */
export function proofDetail(proof: ProofView): string {
  if (proof.state === "nobody") {
    return "No running server used this in the last day. The next one to start follows it from its first answer.";
  }
  if (proof.state === "proved") return proof.tookMs === null ? "" : `in ${duration(proof.tookMs)}`;
  const older = proof.olderDecisions;
  if (proof.waitingFor.length === 0 && older > 0) {
    return `${older} ${older === 1 ? "answer was" : "answers were"} still given under the older rules`;
  }
  return "";
}

/** "0.4 s", "12 s", "3 min": milliseconds as people read them. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${Math.max(0.1, ms / 1000).toFixed(1)} s`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
