import type { Line, Unit } from "#lib/services/metrics/schema.ts";
import { ceilingOf, tickFigure } from "./figure.ts";
import { type Scale, toPx, valueAxis } from "./prepare-scale.ts";
import type { TimeTick } from "./prepare-time.ts";

/** Scales and ticks of one drawing, in px. */
export type Frame = {
  width: number;
  height: number;
  x: Scale;
  y: Scale;
  yTicks: { y: number; value: number; label: string }[];
  xTicks: (TimeTick & { x: number; anchor: "start" | "middle" | "end" })[];
};

export type FrameInput = {
  lines: readonly Line[];
  unit: Unit;
  from: number;
  to: number;
  width: number;
  height: number;
  /** Times that may be named on the axis: at most so many. None while the zone is not known yet; the axis keeps its place. */
  ticks: (most: number) => readonly TimeTick[];
  /** A fixed value that must be on the axis, such as a limit. */
  alsoShow?: number | null | undefined;
  margin: { top: number; right: number; bottom: number };
  yTickCount?: number;
};

/** About how wide a text is in px: Inter's digits and letters average 0.58 of the size. */
export function textWidth(text: string, size = 12): number {
  return text.length * size * 0.58;
}

/** The frame of a chart: the value axis from zero, as wide as its labels need, and as many times as fit without touching. */
export function prepareFrame(input: FrameInput): Frame {
  const { width, height, margin, unit } = input;
  const axis = valueAxis(highestOf(input), input.yTickCount ?? 3, ceilingOf(unit));
  const labels = axis.ticks.map((tick) => tickFigure(tick, unit));
  const left = Math.ceil(Math.max(...labels.map((label) => textWidth(label)))) + 14;
  const x = { from: input.from, to: input.to, px0: left, px1: Math.max(left + 40, width - margin.right) };
  const y = { from: axis.from, to: axis.to, px0: height - margin.bottom, px1: margin.top };
  const yTicks = axis.ticks.map((tick, i) => ({ y: toPx(y, tick), value: tick, label: labels[i] ?? "" }));
  return { width, height, x, y, yTicks, xTicks: xTicksOf(input, x) };
}

function xTicksOf(input: FrameInput, x: Scale): Frame["xTicks"] {
  const ticks = input.ticks(Math.max(2, Math.floor((x.px1 - x.px0) / 64)));
  const shown = ticks.filter(({ at }) => at >= x.from && at <= x.to);
  return shown.map((tick) => {
    const at = toPx(x, tick.at);
    const half = textWidth(tick.label) / 2;
    const anchor = at - half < 0 ? "start" : at + half > input.width + 8 ? "end" : "middle";
    return { ...tick, x: at, anchor };
  });
}

/**
 * What the axis must reach: every value, the limit, and intervals up to twice the highest value; a wide interval of a thin bucket would
 * otherwise press the line itself flat.
 */
function highestOf({ lines, alsoShow }: FrameInput): number {
  const points = lines.flatMap((line) => line.points).filter((point) => point.state !== "gap");
  const values = points.flatMap(({ value }) => (value !== null && Number.isFinite(value) ? [value] : []));
  const highest = Math.max(0, ...values, alsoShow ?? 0);
  const highs = points.flatMap(({ high }) => (high !== null && Number.isFinite(high) ? [high] : []));
  return Math.max(highest, Math.min(Math.max(0, ...highs), highest > 0 ? highest * 2 : Number.POSITIVE_INFINITY));
}
