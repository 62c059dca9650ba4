import { seeded } from "#lib/sdk/examples/support-desk/desk/random.mjs";

/** Repeatable randomness: one seed always gives the same numbers. Not for anything secret. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** True with this probability (0 to 1). */
  chance(probability: number): boolean;
  between(low: number, high: number): number;
  exponential(mean: number): number;
  /** One key of `{key: weight}`, by weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Log-normal with this median; `spread` is the standard deviation of the logarithm. */
  around(median: number, spread: number): number;
  /** A count of independent events with this mean (Knuth's method, for means up to a few dozen). */
  count(mean: number): number;
};

/** The support desk's own generator (mulberry32), with what a history needs beside it. */
export function randomOf(seed: string): Random {
  const source = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - source.next())) * Math.cos(2 * Math.PI * source.next());
  return {
    next: source.next,
    chance: source.chance,
    between: source.between,
    exponential: source.exponential,
    weighted<K extends string>(weights: Readonly<Record<K, number>>) {
      return source.weighted(weights) as K;
    },
    around: (median, spread) => median * Math.exp(spread * normal()),
    count(mean) {
      const limit = Math.exp(-mean);
      let product = source.next();
      let events = 0;
      for (; product > limit; product *= source.next()) events++;
      return events;
    },
  };
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** A UUIDv7 (RFC 9562) of a moment, epoch ms, with its random bits from `random`. */
export function idAt(at: number, random: Random): string {
  const time = hex(Math.floor(at), 12);
  const bits = (count: number) => Math.floor(random.next() * 2 ** count);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(bits(12), 3)}-${hex(0x8000 + bits(14), 4)}-${hex(bits(24), 6)}${hex(bits(24), 6)}`;
}
