import { formatValue } from "./format.ts";

/** Why a change that is clear by itself is not called one, of so many metrics looked at together. */
export function sayAmong(together: number): string {
  return `Clear by itself, but among ${formatValue(together, "count")} metrics looked at together chance brings such a one.`;
}
