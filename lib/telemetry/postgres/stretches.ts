import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import type { Span } from "../figure-source.ts";
import { stateOf, TOO_SLOW } from "./transaction.ts";

/** Stretches are not cut shorter: then the database is slow for everybody. */
const SHORTEST_MS = 10 * MINUTE_MS;

/** When the ids of decisions of a span were made, but for those that tell nothing of their time. */
const madeIn = ({ from, to }: Span): Span => ({ from: from - HOUR_MS, to: to + HOUR_MS + 1 });

/**
 * What `give` has of a span, stretch by stretch, so that no statement grows with the span. A stretch of which a statement took longer than it may is begun
 * again with half of it, and those after it are no longer: a day may hold many millions. What `give` gave of it before, it must not give again.
 */
export async function* inStretches<T>(
  { from, to }: Span,
  longest: number,
  give: (stretch: Span) => AsyncIterable<T>,
): AsyncGenerator<T, void> {
  let length = longest;
  for (let at = from; at < to; ) {
    const stretch = { from: at, to: Math.min(at + length, to) };
    try {
      yield* give(stretch);
      at = stretch.to;
    } catch (error) {
      length = Math.ceil((stretch.to - at) / 2);
      if (stateOf(error) !== TOO_SLOW || length < SHORTEST_MS) throw error;
    }
  }
}

/** The same by days of when the ids were made. */
export const inDaysMade = <T>(span: Span, give: (made: Span) => AsyncIterable<T>) =>
  inStretches(madeIn(span), DAY_MS, give);
