/** A straight mapping of values onto pixels, and back. */
export type Scale = { from: number; to: number; px0: number; px1: number };

/** Where a value lies, in px. A domain without width lies in the middle, so that nothing divides by zero. */
export function toPx(scale: Scale, value: number): number {
  const span = scale.to - scale.from;
  if (span === 0) return (scale.px0 + scale.px1) / 2;
  return scale.px0 + ((value - scale.from) / span) * (scale.px1 - scale.px0);
}

/** Which value lies at a px. */
export function fromPx(scale: Scale, px: number): number {
  const span = scale.px1 - scale.px0;
  if (span === 0) return scale.from;
  return scale.from + ((px - scale.px0) / span) * (scale.to - scale.from);
}

/** 1, 2, 2.5 or 5 times a power of ten: the smallest such step that needs no more than `count` of itself for `span`. */
function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10;
  return nice * power;
}

/**
 * The value axis: from zero to a round number at or above `highest`, with about `count` steps. Rates, times, costs and counts never go
 * below zero, and an axis that starts elsewhere makes a small change look like a big one. `ceiling`: what cannot be exceeded (1 for shares).
 */
export function valueAxis(highest: number, count: number, ceiling = Number.POSITIVE_INFINITY) {
  const top = Number.isFinite(highest) && highest > 1e-12 ? Math.min(highest, ceiling) : Math.min(1, ceiling);
  const step = niceStep(top, count);
  const steps = Math.max(1, Math.ceil(top / step - 1e-9));
  // Multiplying rounds once; adding up would carry 0.30000000000000004 into a label.
  const ticks = Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  const to = Math.min(ticks.at(-1) ?? top, ceiling);
  return { from: 0, to, ticks: ticks.filter((tick) => tick <= to), step };
}
