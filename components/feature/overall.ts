import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import type { ShownState } from "./state.ts";

type Shown = { key: string; name: string; state: ShownState };

const HARMED = { harm: "harm is up", trust: "trust is down", fallback: "people turn away from it" } as const;
const NAMED = 2;

/** The whole control room in one line: who is harmed before what is switched. "Reply assistant: harm is up. All 3 AI features are serving." */
export function overallSentence(features: readonly Shown[], verdicts: readonly FeatureVerdict[]): string {
  return [...harmSentences(features, verdicts), statesSentence(features.map(({ state }) => state))].join(" ");
}

/** Whether anything in use is worse in what decides: harm, trust, fallback. */
export function harmed({ standing, family }: FeatureVerdict): boolean {
  return standing === "worse" && family !== null && Object.hasOwn(HARMED, family);
}

function harmSentences(features: readonly Shown[], verdicts: readonly FeatureVerdict[]): string[] {
  const said = (["harm", "trust", "fallback"] as const).flatMap((family) =>
    features
      .filter(({ key }) => verdicts.some((each) => each.feature === key && each.family === family && harmed(each)))
      .map(({ name }) => `${name}: ${HARMED[family]}.`),
  );
  const more = said.length - NAMED;
  return more > 0 ? [...said.slice(0, NAMED), `${more} more ${more === 1 ? "is" : "are"} worse than before.`] : said;
}

/** "1 AI feature is stopped and 2 are limited." Features that nobody asks or nobody has launched are never counted as serving. */
export function statesSentence(states: readonly ShownState[]): string {
  const [first] = states;
  if (first === undefined) return "There is no AI feature here yet.";
  const count = (state: ShownState) => states.filter((each) => each === state).length;
  if (count(first) === states.length && Object.hasOwn(ALIKE, first)) return sayAlike(first, states.length);
  const troubled = count("stopped") + count("limited") + count("unknown") > 0;
  const parts = [
    [count("stopped"), "stopped"],
    [count("limited"), "limited"],
    [count("unknown"), "not known"],
    [troubled ? 0 : count("serving"), "serving"],
    [count("unused"), "not in use now"],
    [count("not-launched"), "not launched yet"],
  ] as const;
  const words = parts
    .filter(([n]) => n > 0)
    .map(([n, word], index) => {
      const noun = index === 0 ? ` AI ${n === 1 ? "feature" : "features"}` : "";
      return `${n}${noun} ${n === 1 ? "is" : "are"} ${word}`;
    });
  const last = words.pop();
  return words.length === 0 ? `${last}.` : `${words.join(", ")} and ${last}.`;
}

const ALIKE: Partial<Record<ShownState, string>> = {
  serving: "serving",
  unused: "in use now",
  "not-launched": "launched yet",
};

/** All of them, where they are alike and nothing restricts them. */
function sayAlike(state: ShownState, count: number): string {
  const [all, none] =
    count === 1
      ? ["The AI feature is", "The AI feature is not"]
      : [`All ${count} AI features are`, `None of the ${count} AI features is`];
  return `${state === "serving" ? all : none} ${ALIKE[state]}.`;
}
