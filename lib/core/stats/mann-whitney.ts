import { normalTail } from "./tails.ts";

/**
 * Mann-Whitney's rank test of two samples of user values (edit distances, judge scores), two-sided, treatment against control: normal approximation with
 * continuity correction and correction for ties (Mann, Whitney, Annals of Mathematical Statistics 18, 1947, 50-60; Lehmann, Nonparametrics, 1.4).
 * For the one look planned before the start, as a second opinion on skewed values.
 *
 * `u` counts pairs in which the treatment's value is larger (ties as one half); `cles` is `u` as a share of all pairs, 0.5 when neither tends to be larger.
 * Nothing but ties, or an empty sample: p 1.
 */
export function mannWhitney(input: { control: readonly number[]; treatment: readonly number[] }): {
  u: number;
  p: number;
  cles: number;
} {
  const sizeC = input.control.length;
  const sizeT = input.treatment.length;
  const pairs = sizeC * sizeT;
  if (pairs === 0) return { u: 0, p: 1, cles: 0.5 };
  const { rankSum, tieSum } = rankTreatment(input.control, input.treatment);
  const u = rankSum - (sizeT * (sizeT + 1)) / 2;
  const total = sizeC + sizeT;
  const variance = (pairs / 12) * (total + 1 - tieSum / (total * (total - 1)));
  const beyond = Math.max(u, pairs - u) - pairs / 2 - 0.5;
  const p = variance <= 0 ? 1 : Math.min(1, 2 * normalTail(beyond / Math.sqrt(variance)));
  return { u, p, cles: u / pairs };
}

/** The sum of the treatment's mid-ranks among all values, and the sum of t^3 - t over groups of t equal values. */
function rankTreatment(control: readonly number[], treatment: readonly number[]): { rankSum: number; tieSum: number } {
  const all = [
    ...control.map((value) => ({ value, treated: 0 })),
    ...treatment.map((value) => ({ value, treated: 1 })),
  ].sort((left, right) => left.value - right.value);
  let rankSum = 0;
  let tieSum = 0;
  let group = { value: Number.NaN, size: 0, treated: 0 };
  const close = (end: number) => {
    rankSum += group.treated * (end - (group.size - 1) / 2);
    tieSum += group.size ** 3 - group.size;
  };
  for (const [index, { value, treated }] of all.entries()) {
    if (value !== group.value) {
      close(index);
      group = { value, size: 0, treated: 0 };
    }
    group.size += 1;
    group.treated += treated;
  }
  close(all.length);
  return { rankSum, tieSum };
}
