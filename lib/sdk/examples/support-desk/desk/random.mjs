/**
 * Repeatable randomness: the same seed gives the same run, so a demo and a test tell the same story every time.
 * Mulberry32 (public domain, Tommy Ettinger) over an FNV-1a hash of the seed. Not for anything secret.
 */
export function seeded(seed) {
  let state = fnv1a(String(seed));
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    /** Uniform in [0, 1). */
    next,
    /** True with this probability (0 to 1). */
    chance: (probability) => next() < probability,
    /** One of the list. */
    pick: (list) => list[Math.floor(next() * list.length)],
    /** One key of `{key: weight}`, by weight. */
    weighted: (weights) => pickWeighted(weights, next()),
    /** Uniform between two numbers. */
    between: (low, high) => low + next() * (high - low),
    /** Exponentially distributed with this mean: the gaps between independent arrivals. */
    exponential: (mean) => -mean * Math.log(1 - next()),
  };
}

function pickWeighted(weights, at) {
  const entries = Object.entries(weights);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = at * total;
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return entries[entries.length - 1][0];
}

function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
