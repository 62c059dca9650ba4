/**
 * The logarithm of nothing: so small that adding to it changes nothing, and still a number that JSON can carry (unlike -Infinity).
 */
export const LOG_ZERO = -Number.MAX_VALUE;

/** ln(e^a + e^b) without overflow. */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** ln of the sum of e^value over all values; LOG_ZERO for none. */
export function logSumExp(values: readonly number[]): number {
  let high = LOG_ZERO;
  for (const value of values) high = Math.max(high, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - high);
  return sum === 0 ? LOG_ZERO : high + Math.log(sum);
}

/** Natural logarithm, LOG_ZERO of 0. */
export function logOf(value: number): number {
  return value > 0 ? Math.log(value) : LOG_ZERO;
}
