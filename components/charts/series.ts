/**
 * How the lines of a comparison are told apart: a colour (Okabe-Ito, made dark or light enough for text) and a dash pattern, so that neither
 * is needed to see the other. The seventh begins again; direct labels still name it.
 */
export type SeriesLook = { color: string; dash: string | undefined; width: number };

const DASHES = [undefined, "8 4", "3 3", "12 4 3 4", "1.5 4", "16 5"] as const;

/** What others are held against: grey and thin, but whole. */
const QUIET: SeriesLook = { color: "var(--series-quiet)", dash: undefined, width: 1.5 };

/** The look of the nth line that is not quiet, from 0. */
export function seriesLook(index: number): SeriesLook {
  const nth = index % DASHES.length;
  return { color: `var(--series-${nth + 1})`, dash: DASHES[nth], width: 2 };
}

/** The looks of lines, in their order. */
export function looksOf(lines: readonly { quiet: boolean }[]): SeriesLook[] {
  let next = 0;
  return lines.map((line) => (line.quiet ? QUIET : seriesLook(next++)));
}
