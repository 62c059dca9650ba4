import type { Decision } from "../types.ts";

/** A run that is under way. `reconsider` is called on every change of the rules. */
export type InFlight = { reconsider(): void };

/** All runs under way in this process. */
export class InFlightRuns {
  readonly #runs = new Set<InFlight>();

  add(run: InFlight): () => void {
    this.#runs.add(run);
    return () => this.#runs.delete(run);
  }

  get size(): number {
    return this.#runs.size;
  }

  /** Decides every run again. One that fails does not keep the others from it. */
  reconsider(): void {
    for (const run of [...this.#runs]) {
      try {
        run.reconsider();
      } catch {
        // A run catches its own; whatever this was, the next ones matter more.
      }
    }
  }
}

/** Whether an attempt begun with this release at this provider and model is still allowed by a later decision. */
export function stillAllowed(
  attempt: { release: string | null; provider: string; model: string },
  decision: Decision,
): boolean {
  return (
    decision.serve === "ai" &&
    decision.release === attempt.release &&
    decision.chain.some((step) => step.provider === attempt.provider && step.model === attempt.model)
  );
}
