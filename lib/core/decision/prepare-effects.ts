import { RUNG_KINDS } from "./constants.ts";
import { isFiniteNumber, isInteger, isName, isRecord, isShare, own } from "./json.ts";

/** Where a reroute goes; `model` null: the one model of that provider that is a step of the chain or an approved pair. */
export type RerouteTarget = { provider: string; model: string | null };
export type PreparedNotice = { id: string; text: string; at: number };

/** All effects of one control met together, each field at its neutral value when no effect speaks of it. One shape for every control. */
export type PreparedEffects = {
  serve: boolean;
  quality: boolean;
  /** An effect that this code cannot read is among them: the fallback is served in its scope. */
  unknown: boolean;
  /** Bit `n`: at least the rung `RUNG_KINDS[n]`. */
  rungs: number;
  suggest: boolean;
  reviewBelow: number;
  minConfidence: number;
  maxLatencyMs: number;
  chainStart: number;
  perHour: number;
  featureHolds: string[];
  rolloutHolds: string[];
  stop: boolean;
  reroutes: RerouteTarget[];
  notices: PreparedNotice[];
  /** Whether some effect acts whenever the control is in scope (all do but holds, rate limits, and stops and reroutes of models). */
  always: boolean;
};

function neutral(): PreparedEffects {
  return {
    serve: false,
    quality: false,
    unknown: false,
    rungs: 0,
    suggest: false,
    reviewBelow: 0,
    minConfidence: 0,
    maxLatencyMs: Number.POSITIVE_INFINITY,
    chainStart: 0,
    perHour: Number.POSITIVE_INFINITY,
    featureHolds: [],
    rolloutHolds: [],
    stop: false,
    reroutes: [],
    notices: [],
    always: false,
  };
}

/** Reads the raw effects of a control. Total: an unknown kind, an ill-typed value, or no list at all reads as `unknown`. */
export function prepareEffects(raw: unknown): PreparedEffects {
  const into = neutral();
  if (!Array.isArray(raw) || raw.length === 0) {
    into.unknown = true;
  } else {
    for (const effect of raw) if (!isRecord(effect) || !read(effect, into)) into.unknown = true;
  }
  into.always ||= into.unknown;
  return into;
}

/** Meets one effect into the others; false when it cannot be read. */
function read(effect: Record<string, unknown>, into: PreparedEffects): boolean {
  const value = own(effect, "value");
  switch (own(effect, "kind")) {
    case "serve": {
      const cause = own(effect, "cause");
      if (cause !== "quality" && cause !== "availability" && cause !== "cost") return false;
      into.serve = true;
      into.quality ||= cause === "quality";
      break;
    }
    case "rung": {
      const index = (RUNG_KINDS as readonly unknown[]).indexOf(own(effect, "rung"));
      if (index < 0) return false;
      into.rungs |= 1 << index;
      break;
    }
    case "suggest":
      into.suggest = true;
      break;
    case "reviewBelow":
      if (!isShare(value)) return false;
      into.reviewBelow = Math.max(into.reviewBelow, value);
      break;
    case "minConfidence":
      if (!isShare(value)) return false;
      into.minConfidence = Math.max(into.minConfidence, value);
      break;
    case "maxLatency": {
      const ms = own(effect, "ms");
      if (!isInteger(ms, 1)) return false;
      into.maxLatencyMs = Math.min(into.maxLatencyMs, ms);
      break;
    }
    case "chainStart": {
      const index = own(effect, "index");
      if (!isInteger(index, 0)) return false;
      into.chainStart = Math.max(into.chainStart, index);
      break;
    }
    case "notice": {
      const id = own(effect, "id");
      const text = own(effect, "text");
      const at = own(effect, "at");
      if (!isName(id) || !isName(text) || !isFiniteNumber(at)) return false;
      into.notices.push({ id, text, at });
      break;
    }
    default:
      return readConditional(effect, into);
  }
  into.always = true;
  return true;
}

/** The effects that act only on some requests within their scope. */
function readConditional(effect: Record<string, unknown>, into: PreparedEffects): boolean {
  switch (own(effect, "kind")) {
    case "hold": {
      const of = own(effect, "of");
      const filter = own(effect, "filter");
      if (!isName(filter) || (of !== "feature" && of !== "rollout")) return false;
      (of === "feature" ? into.featureHolds : into.rolloutHolds).push(filter);
      return true;
    }
    case "rateLimit": {
      const perHour = own(effect, "perHour");
      if (!isInteger(perHour, 0)) return false;
      into.perHour = Math.min(into.perHour, perHour);
      return true;
    }
    case "stopModel":
      into.stop = true;
      return true;
    case "reroute": {
      const to = own(effect, "to");
      const provider = isRecord(to) ? own(to, "provider") : undefined;
      const model = isRecord(to) ? own(to, "model") : undefined;
      if (!isName(provider) || (model !== undefined && !isName(model))) return false;
      into.reroutes.push({ provider, model: model ?? null });
      return true;
    }
    default:
      return false;
  }
}
