import type { Line, Point } from "#lib/services/metrics/schema.ts";
import type { ChartData } from "./chart-data.ts";
import { figure } from "./figure.ts";
import { gapsOf, unreported } from "./prepare-gaps.ts";
import { hasValue } from "./prepare-line.ts";
import { momentLabel, spanLabel } from "./prepare-time.ts";

/**
 * A chart for someone who does not see it: one sentence a line, then what is missing.
 * "Correction time, 13 Nov to 20 Nov: All traffic rose from 22 s to 38 s; highest 41 s on Tue 17 Nov. Nobody reported for 1 stretch: ..."
 * Only buckets that are over are compared; one that still runs is said to.
 */
export function summaryOf(
  data: Pick<ChartData, "name" | "unit" | "lines" | "limit">,
  zone: string,
  period: string,
): string {
  const sentences = data.lines.map((line) => lineSentence(line, data.unit, zone));
  if (data.limit) sentences.push(`Held against the ${data.limit.label}.`);
  sentences.push(
    ...gapSentences(
      data.lines.filter((line) => !line.quiet),
      zone,
    ),
  );
  return `${data.name}, ${period}: ${sentences.join(" ")}`.trim();
}

/** When nobody reported: no sentence or one, which names the first three times. */
export function gapSentences(lines: Parameters<typeof gapsOf>[0], zone: string): string[] {
  const gaps = unreported(gapsOf(lines));
  if (gaps.length === 0) return [];
  const named = gaps.slice(0, 3).map((gap) => `${momentLabel(gap.from, zone)} to ${momentLabel(gap.to, zone)}`);
  const more = gaps.length > 3 ? ` and ${gaps.length - 3} more times` : "";
  return [`Nobody reported from ${named.join(", from ")}${more}.`];
}

function lineSentence(line: Line, unit: ChartData["unit"], zone: string): string {
  const values = line.points.filter(hasValue);
  const over = values.filter((point) => point.state !== "unfinished");
  const [first] = over;
  const last = over.at(-1);
  if (!first || !last) return `${line.label}: no figure yet.`;
  const highest = over.reduce((a, b) => (b.value > a.value ? b : a));
  const from = figure(first.value, unit);
  const to = figure(last.value, unit);
  const running = values.length > over.length ? " The newest is still running." : "";
  const when = spanLabel(highest.at, highest.until, zone);
  return `${line.label} ${moved(first, last, from, to)}; highest ${figure(highest.value, unit)} on ${when}.${running}`;
}

function moved(first: Point & { value: number }, last: Point & { value: number }, from: string, to: string): string {
  if (first === last) return `was ${from}`;
  if (from === to) return `stayed at ${to}`;
  return `${last.value > first.value ? "rose" : "fell"} from ${from} to ${to}`;
}
