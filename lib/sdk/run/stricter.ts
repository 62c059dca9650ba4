import type { Decision, Notice } from "../types.ts";

/**
 * The stricter of a run's decisions at its start and at its end, field by field; what only names things (arm, release, chain, ruleset) is the
 * end's. Nothing of it is less safe than in either.
 */
export function stricter(start: Decision, end: Decision): Decision {
  if (start === end) return end;
  const fallback = isFurtherDown(start.fallback, end.fallback) ? start.fallback : end.fallback;
  const serve = start.serve === "fallback" ? "fallback" : end.serve;
  return {
    ...end,
    serve,
    chain: serve === "ai" ? end.chain : [],
    mode: start.mode === "suggestion" ? "suggestion" : end.mode,
    reviewBelow: Math.max(start.reviewBelow, end.reviewBelow),
    minConfidence: Math.max(start.minConfidence, end.minConfidence),
    maxLatencyMs: Math.min(start.maxLatencyMs, end.maxLatencyMs),
    stream: start.stream && end.stream,
    fallback,
    notices: union(end.notices, start.notices, (notice: Notice) => JSON.stringify([notice.id, notice.text])),
    sample: start.sample && end.sample,
    because: union(end.because, start.because, (reason) => `${reason.code} ${reason.controlId ?? reason.sentence}`),
  };
}

/** Whether a rung is further down than another. Position -1 is beyond the end of every ladder, so nothing is further down. */
export function isFurtherDown(a: Decision["fallback"], b: Decision["fallback"]): boolean {
  return b.position >= 0 && (a.position < 0 || a.position > b.position);
}

function union<T>(first: T[], second: T[], idOf: (item: T) => string): T[] {
  const known = new Set(first.map(idOf));
  return [...first, ...second.filter((item) => !known.has(idOf(item)))];
}

/** Whether a person must look before an output of this confidence is used. A missing confidence counts as 0. */
export function needsReview(decision: Decision, confidence: number | null): boolean {
  return decision.mode === "suggestion" || decision.reviewBelow >= 1 || (confidence ?? 0) < decision.reviewBelow;
}

/** Whether an output of this confidence may be shown at all. */
export function isShown(decision: Decision, confidence: number | null): boolean {
  return (confidence ?? 0) >= decision.minConfidence;
}
