/** Headings of the palette, in their order. */
export const GROUPS = { go: "Go to", stop: "Stop (you choose in the next step)", settings: "Settings" } as const;

/** One line of the palette. `act` is what choosing it does. */
export type Entry = { group: keyof typeof GROUPS; label: string; act: () => void };

/** Entries whose words hold everything that was typed, in any order; those that begin with it first. */
export function searchEntries(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = typed.trim().toLowerCase();
  const found = entries.filter(({ label }) => wanted.every((part) => label.toLowerCase().includes(part)));
  const first = ({ label }: Entry) => (whole !== "" && label.toLowerCase().startsWith(whole) ? 0 : 1);
  return found.sort((a, b) => first(a) - first(b));
}
