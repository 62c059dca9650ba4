import { count } from "#components/charts/figure.ts";
import type { DataHealth } from "#lib/services/metrics/schema.ts";

/** What the figures rest on, as short sentences; what is missing or lost is named, never left out. */
export function healthSentences(health: DataHealth): string[] {
  const { decisions, signals, users, usersExact, lateShare, dropped } = health;
  const people =
    users === null
      ? ""
      : `, from ${usersExact ? "" : "about "}${count(users)} ${users === 1 ? "person" : "people"} who had a request`;
  return [
    `${count(decisions)} ${decisions === 1 ? "decision" : "decisions"} and ${count(signals)} ${signals === 1 ? "signal" : "signals"} of what came after${people}.`,
    lateShare === null || lateShare === 0 ? "Nothing arrived late." : `${share(lateShare)} of it arrived late.`,
    dropSentence(dropped),
    ...(health.unattributed > 0
      ? [`${count(health.unattributed)} signals whose decision never arrived, or is no longer kept.`]
      : []),
    ...(health.unassigned > 0 ? [`${count(health.unassigned)} decisions of no known feature.`] : []),
  ];
}

function share(value: number): string {
  return value < 0.001 ? "Less than 0.1%" : `${(value * 100).toLocaleString("en-GB", { maximumFractionDigits: 1 })}%`;
}

/** A server tells what it dropped since it started, of whatever feature: which figures lack it is not known. */
function dropSentence({ decisions, signals }: DataHealth["dropped"]): string {
  if (decisions + signals === 0) return "Servers have dropped nothing since they started.";
  const parts = [
    decisions > 0 ? `${count(decisions)} ${decisions === 1 ? "decision" : "decisions"}` : "",
    signals > 0 ? `${count(signals)} ${signals === 1 ? "signal" : "signals"}` : "",
  ].filter(Boolean);
  return `Since they started, these servers had to drop ${parts.join(" and ")}, over all features: some may be missing here.`;
}
