import type { Pool } from "pg";
import { MEASURES, type Measure, type Measures } from "#lib/core/metrics/measures.ts";

/** Every value stays the text that PostgreSQL sent: most measures of a bucket are "0" and need no parsing. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** The measures as columns, in the order in which `measuresFrom` reads them; `wrap` makes an expression of each. */
export function measureColumns(wrap: (measure: Measure) => string = (measure) => measure): string {
  return MEASURES.map(wrap).join(", ");
}

/** Runs a query whose columns are texts; `name` prepares it once a connection. */
export async function textRows(pool: Pool, name: string, text: string, values: unknown[]): Promise<string[][]> {
  const { rows } = await pool.query<string[]>({ name, text, values, rowMode: "array", types: AS_TEXT });
  return rows;
}

/** The measures that begin at column `from` of a row; those that are 0 are absent. */
export function measuresFrom(row: readonly string[], from: number): Measures {
  const measures: Partial<Record<Measure, number>> = {};
  MEASURES.forEach((measure, index) => {
    const text = row[from + index];
    if (text !== undefined && text !== "0") measures[measure] = Number(text);
  });
  return measures;
}
