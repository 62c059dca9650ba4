import type { DecisionContext, DecisionInputs } from "./decision.ts";
import { isRecord } from "./json.ts";
import { NO_ATTRIBUTES } from "./match.ts";
import type { FeatureScenario, PreparedFeature } from "./prepare-feature.ts";
import type { PreparedLadder } from "./prepare-ladder.ts";

/** One request as matching needs it, with everything ill-typed already read as absent. */
export type Request = {
  /** Differs for every decision; marks what was listed, asked or said in it. */
  stamp: number;
  userId: string | null;
  attributes: Record<string, unknown>;
  sticky: string | null;
  /** NaN when it is not known: nothing has expired, no pin holds and nobody is at work. */
  now: number;
  requestId: string;
  /** Requests of this user in the last hour; infinite when not told, which is over every limit. */
  perHour: number;
  /** Whether the request may also be in scenarios that are not listed. */
  scenariosUnknown: boolean;
  /** The ladder of the riskiest scenario. */
  ladder: PreparedLadder;
};

let lastStamp = 0;

/** Reads a context and inputs of any shape. An empty `userId` is none. */
export function readRequest(feature: PreparedFeature, context: DecisionContext, inputs: DecisionInputs): Request {
  const given: DecisionContext = typeof context === "object" && context !== null ? context : {};
  const { userId, attributes, sticky } = given;
  const told = typeof inputs === "object" && inputs !== null;
  const now = told ? inputs.now : Number.NaN;
  const requestId = told ? inputs.requestId : "";
  const usage = told ? inputs.usage : undefined;
  const perHour = typeof usage === "object" && usage !== null ? usage.perHour : undefined;
  const request: Request = {
    stamp: ++lastStamp,
    userId: typeof userId === "string" && userId.length > 0 ? userId : null,
    attributes: isRecord(attributes) ? attributes : NO_ATTRIBUTES,
    sticky: typeof sticky === "string" ? sticky : null,
    now: typeof now === "number" ? now : Number.NaN,
    requestId: typeof requestId === "string" ? requestId : "",
    perHour: typeof perHour === "number" && perHour >= 0 ? perHour : Number.POSITIVE_INFINITY,
    scenariosUnknown: true,
    ladder: feature.ladder,
  };
  readScenarios(feature, given.scenarios, request);
  return request;
}

/**
 * Marks the listed scenarios and picks the ladder: that of the riskiest one (ties: the smallest key). Where the list is absent or has an entry
 * that is undeclared or ill-typed, the request may be in any scenario, so the feature's first high-risk one is taken as listed as well: what was
 * designed for the worst case is never the riskier thing to show. No scenario at all: the feature's own ladder.
 */
function readScenarios(feature: PreparedFeature, scenarios: unknown, request: Request): void {
  let riskiest: FeatureScenario | null = null;
  let unknown = true;
  if (Array.isArray(scenarios)) {
    unknown = false;
    for (let i = 0; i < scenarios.length; i++) {
      const key: unknown = scenarios[i];
      const scenario = typeof key === "string" ? feature.scenarios.get(key) : undefined;
      if (scenario === undefined) {
        unknown = true;
        continue;
      }
      scenario.stamp = request.stamp;
      if (!scenario.declared) unknown = true;
      else if (riskiest === null || isRiskier(scenario, riskiest)) riskiest = scenario;
    }
  }
  if (unknown && feature.worst !== null && (riskiest === null || isRiskier(feature.worst, riskiest))) {
    riskiest = feature.worst;
  }
  request.scenariosUnknown = unknown;
  if (riskiest !== null) request.ladder = riskiest.ladder;
}

function isRiskier(a: FeatureScenario, b: FeatureScenario): boolean {
  return a.rank > b.rank || (a.rank === b.rank && a.key < b.key);
}
