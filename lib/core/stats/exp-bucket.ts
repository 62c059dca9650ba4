/** Beyond this scale the borders are compared as floating-point numbers: exact powers would get too long. */
const FINEST_EXACT_SCALE = 10;
/** How near to a border (in buckets) a logarithm may come before it is compared exactly. */
const NEAR = 1e-6;
/** Of the smallest number above 0. */
const LEAST_EXPONENT = -1074;

/**
 * Indices of values in OpenTelemetry's exponential histogram: index i holds (base^i, base^(i+1)] with base 2^(2^-scale) (OpenTelemetry metrics data model,
 * "Exponential Histogram"). Ours is scale 5, a quantile error of 1.08 % at most. A border is the double nearest to it, up to scale 10. Null for what the format counts as zero
 * or cannot hold: 0, negative, not finite.
 */
export function expBucketIndex(input: { scale: number; values: readonly number[] }): { index: (number | null)[] } {
  return { index: input.values.map((value) => indexOf(value, input.scale)) };
}

function indexOf(value: number, scale: number): number | null {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) return null;
  const place = Math.log2(value) * 2 ** scale;
  const border = Math.round(place);
  if (Math.abs(place - border) > NEAR) return Math.ceil(place) - 1;
  return atMost(value, border, scale) ? border - 1 : border;
}

/**
 * Whether value <= the double nearest to 2^(border / 2^scale). In whole numbers, because Math.pow misses that double by one place now and then, and a value
 * that sits on a border would change its bucket from one runtime to the next.
 */
function atMost(value: number, border: number, scale: number): boolean {
  if (scale <= 0 || scale > FINEST_EXACT_SCALE) return value <= 2 ** (border / 2 ** scale);
  const power = Math.floor(Math.log2(value));
  const exponent = Math.max((2 ** power > value ? power - 1 : power) - 52, LEAST_EXPONENT);
  // The value is its mantissa times 2^exponent; the doubles' midpoint below it is (2 mantissa - 1) times 2^(exponent - 1).
  const midpoint = 2n * BigInt(value / 2 ** exponent) - 1n;
  const shift = border - (exponent - 1) * 2 ** scale;
  return shift >= 0 && midpoint ** BigInt(2 ** scale) <= 1n << BigInt(shift);
}
