import type { Suspicion } from "#lib/core/controls/order-by-suspicion.ts";
import type { Family, FeatureVerdict, Period } from "#lib/services/metrics/schema.ts";

/** A feature that stands worse by its figures. */
export type Suspect = { name: string; verdict: FeatureVerdict };

/** What harms people is heard first. */
const GRAVEST: readonly (Family | null)[] = ["harm", "fallback", "trust", "quality", "operations"];
/** What a person who looks, or less AI, can mend; not what is slow or costs too much. */
const MENDED: ReadonlySet<Family | null> = new Set(["harm", "trust", "quality"]);
/** So many are named and ordered by; the rest are counted, because their stops would bury every other. */
export const MOST_NAMED = 2;
/** Verdicts move by the day, so these are as good as new ones; older ones may be of a laptop that slept. */
const OLDEST_MS = 5 * 60_000;

/** Features that stand worse, that of the open page first. */
export function suspectsOf(
  verdicts: readonly FeatureVerdict[],
  features: readonly { key: string; name: string }[],
  open: string | null,
): Suspect[] {
  const place = ({ feature, family }: FeatureVerdict) => (feature === open ? -1 : GRAVEST.indexOf(family));
  return verdicts
    .filter(({ standing }) => standing === "worse")
    .sort((a, b) => place(a) - place(b))
    .flatMap((verdict) => {
      const name = features.find(({ key }) => key === verdict.feature)?.name;
      return name === undefined ? [] : [{ name, verdict }];
    });
}

/** What the order of stops goes by: of those that are named. On the page of a feature only that feature: whoever looks at it is here because of it. */
export function suspicionsOf(suspects: readonly Suspect[], open: string | null): Suspicion[] {
  return suspects
    .slice(0, MOST_NAMED)
    .filter(({ verdict }) => isMended(verdict) && (open === null || verdict.feature === open))
    .map(({ verdict: { feature, where } }) => ({ feature, where }));
}

/** Where AI falls back, no review brings it back; but the kind of case in which it mainly does can be stopped. */
function isMended({ family, where }: FeatureVerdict): boolean {
  return MENDED.has(family) || (family === "fallback" && where?.spread === "mainly");
}

/** What was heard not too long ago; null: not known. Times epoch ms. */
export function freshOf<V>(kept: { verdicts: V | undefined; heardAt: number }, now: number): V | null {
  return kept.verdicts !== undefined && now - kept.heardAt <= OLDEST_MS ? kept.verdicts : null;
}

const PERIODS: Record<Period, string> = {
  "3h": "last 3 hours",
  "24h": "last 24 hours",
  "7d": "last 7 days",
  "28d": "last 28 days",
  "60d": "last 60 days",
};

/** "Reply assistant, last 7 days." */
export function headOf({ name, verdict }: Suspect): string {
  return `${name}, ${PERIODS[verdict.period]}.`;
}

/** In which kinds of case, with the period where that is another one; "" where it is not told apart by them. */
export function whereSentence({ where, period }: FeatureVerdict): string {
  if (where === null) return "";
  if (where.period === period) return where.sentence;
  const said = PERIODS[where.period];
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}: ${where.sentence.charAt(0).toLowerCase()}${where.sentence.slice(1)}`;
}
