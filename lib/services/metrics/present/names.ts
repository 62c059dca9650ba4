import { OTHER_VALUES } from "#lib/core/metrics/other-values.ts";
import type { MetricsView } from "../schema.ts";

/** Names by key of what a feature's figures are told apart by. */
export type FigureNames = {
  feature: { key: string; name: string };
  scenarios: Readonly<Record<string, string>>;
  cohorts: Readonly<Record<string, string>>;
  releases: Readonly<Record<string, string>>;
};

const own = (table: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(table, key) ? (table[key] ?? key) : key;

/** What a part of the traffic is called: "All traffic", "Billing", "Enterprise", "language: de". */
export function cutLabel(cut: string, names: FigureNames): string {
  if (cut === "") return "All traffic";
  const [kind, rest] = split(cut, ":");
  if (kind === "scenario" && rest === "") return "No scenario named";
  if (kind === "scenario") return rest === OTHER_VALUES ? "All other scenarios" : own(names.scenarios, rest);
  if (kind === "cohort") return rest === OTHER_VALUES ? "All other cohorts" : own(names.cohorts, rest);
  if (kind !== "dimension") return cut;
  const [dimension, value] = split(rest, "=");
  return `${dimension}: ${value === OTHER_VALUES ? "all others" : value}`;
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

/** Arms as people call them. */
const ARMS: Readonly<Record<string, string>> = {
  current: "Current",
  candidate: "Candidate",
  pinned: "Kept on",
  "": "No arm named:",
};

/** "Current 2.3 Clearer steps", "Candidate 2.4 Calmer tone": an arm with the release that it is served. */
export function armLabel({ arm, release }: { arm: string; release: string }, names: FigureNames): string {
  const named = Object.hasOwn(ARMS, arm) ? ARMS[arm] : arm.charAt(0).toUpperCase() + arm.slice(1);
  // A release that this feature does not have is named by the beginning of its hash.
  const known = own(names.releases, release);
  const name = release === "" ? "release not named" : known === release ? release.slice(0, 12) : known;
  return `${named} ${name}`;
}

const ORDER = ["scenario:", "cohort:", "dimension:"];
/** A menu of more than this is no menu; the rest is small. */
const MOST_CUTS = 100;

/** What can be chosen, all traffic first, then scenarios, cohorts and dimensions, each by how much it carries. */
export function cutChoices(
  seen: readonly { cut: string; decisions: number }[],
  names: FigureNames,
): MetricsView["cuts"] {
  const place = ({ cut }: { cut: string }) => ORDER.findIndex((prefix) => cut.startsWith(prefix));
  const known = seen.filter((one) => place(one) >= 0);
  const sorted = known.toSorted((a, b) => place(a) - place(b) || b.decisions - a.decisions || (a.cut < b.cut ? -1 : 1));
  const choices = sorted.slice(0, MOST_CUTS).map(({ cut }) => ({ value: cut, label: cutLabel(cut, names) }));
  return [{ value: "", label: cutLabel("", names) }, ...choices];
}
