import type { SignalKind } from "../../core/events/event.ts";
import { signalMeasure } from "../../core/metrics/measures.ts";
import type { Made } from "./made.ts";

/** What the roll-ups must say of everything that SDKs made, added up from what they told. */
export class Tally {
  decisions = 0;
  signals = 0;
  /** Pairs of decision and kind of signal. */
  firsts = 0;
  readonly users = new Set<string>();
  readonly byInstance = new Map<string, number>();
  readonly measures = new Map<string, number>();

  /** Adds a round. Its signals are all about its own decisions. */
  add({ decisions, signals }: Made): void {
    for (const { user, instance, latencyMs } of decisions) {
      this.decisions += 1;
      this.users.add(user);
      this.byInstance.set(instance, (this.byInstance.get(instance) ?? 0) + 1);
      for (const measure of ["decisions", "ai", "tried", "served_primary", "user_started", "latency_n"])
        this.#more(measure, 1);
      this.#more("latency_ms", latencyMs);
    }
    const pairs = new Set<string>();
    for (const { decision, kind, value, changed } of signals) {
      this.signals += 1;
      this.#more("signals", 1);
      const pair = `${decision} ${kind}`;
      if (!pairs.has(pair)) this.#more(signalMeasure(kind as SignalKind), 1);
      pairs.add(pair);
      if (value !== null) {
        this.#more("correction_n", 1);
        this.#more("correction_s", value);
        this.#more("correction_ss", value * value);
      }
      if (changed !== null) {
        this.#more("changed_n", 1);
        this.#more("changed_sum", changed);
      }
    }
    this.firsts += pairs.size;
  }

  #more(measure: string, by: number): void {
    this.measures.set(measure, (this.measures.get(measure) ?? 0) + by);
  }
}
