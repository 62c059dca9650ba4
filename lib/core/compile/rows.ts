/** A record of rows by key, keys in UTF-16 order; of two rows with one key the later counts. */
export function byKey<Row, Value>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => Value,
): Record<string, Value> {
  const entries = new Map(rows.map((row) => [key(row), row]));
  return Object.fromEntries(
    [...entries.keys()].sort().map((name): [string, Value] => [name, value(entries.get(name) as Row)]),
  );
}

/** A JSON column that holds a list; anything else is an empty one. Its items are passed on unread. */
export function listOf<Item>(column: unknown): Item[] {
  return Array.isArray(column) ? [...column] : [];
}

/** A text field of a value that may not be what it should. */
export function textOf(value: unknown, field: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const text: unknown = Reflect.get(value, field);
  return typeof text === "string" ? text : undefined;
}
