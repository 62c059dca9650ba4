import type { Ruleset } from "../../core/decision/ruleset.ts";
import type { About, Decision, DecisionContext, ServedBy, Usage } from "../types.ts";
import type { InFlight } from "./in-flight.ts";

/** What became of one decision, as telemetry is to know it. Latency in ms, money in US dollars. */
export type Finished = {
  decision: Decision;
  context: DecisionContext;
  rules: Ruleset | null;
  about: About;
  served: ServedBy;
  /** The last model that was asked; null when none was. */
  provider: string | null;
  model: string | null;
  modelReported: string | null;
  confidence: number | null;
  usage: Usage | null;
  latencyMs: number | null;
  error: string | null;
  safetyFiltered: boolean;
  /** The output as the host gave it, for a sample; null when there is none. */
  output: unknown;
};

/** What a run needs of the client. */
export type Engine = {
  /** A request's first decision; counted as a request of its user. */
  begin(feature: string, context: DecisionContext): { decision: Decision; again: (sticky: string | null) => Decision };
  rules(): Ruleset | null;
  /** Registers a run to be told of every change of the rules; returns how to leave. */
  enlist(run: InFlight): () => void;
  finished(what: Finished): void;
};
