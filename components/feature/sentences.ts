import type { FeatureCard } from "#lib/services/features/schema.ts";
import { shownState } from "./state.ts";

const number = new Intl.NumberFormat("en-GB");

/** What its rules say it does; of one that nobody uses, what they would. */
export function stateSentence(feature: Pick<FeatureCard, "state" | "sentence" | "instances" | "aiPerHour">): string {
  return shownState(feature) === "unused" ? `Once it is used: ${feature.sentence}` : feature.sentence;
}

/** How much of it there is: "About 1,240 answers by AI an hour. 3 running servers use it." Nothing heard is said so, never as a zero. Which rules each follows is the list of servers' to say. */
export function trafficSentence({
  state,
  aiPerHour,
  instances,
}: Pick<FeatureCard, "state" | "aiPerHour" | "instances">): string {
  if (state === "not-launched") return "What is missing before a launch stands under Readiness.";
  const servers =
    instances === 0
      ? "No running server that uses it was heard from in the last minute."
      : `${instances} running ${instances === 1 ? "server uses" : "servers use"} it.`;
  if (aiPerHour === null) return `Nobody has reported any answers in the last hour. ${servers}`;
  if (aiPerHour === 0) return `No answers by AI in the last hour. ${servers}`;
  const answers = aiPerHour === 1 ? "answer" : "answers";
  return `About ${number.format(aiPerHour)} ${answers} by AI an hour. ${servers}`;
}

/** What the home page says of running servers that nobody has heard from, by name while they are few. */
export function silentSentence(names: readonly string[]): string {
  const who = names.length > 3 ? `${names.length} running servers` : names.join(", ");
  return `${who} ${names.length === 1 ? "was" : "were"} not heard from in the last minute and may follow older rules.`;
}
