import { DECIDING_FAMILIES } from "./definition.ts";
import { metricByKey } from "./definitions.ts";
import { formatShare } from "./format.ts";
import { listed } from "./say.ts";

/** What the checklist before a launch is decided on. */
export type ReadinessFacts = {
  /** The feature's name. */
  feature: string;
  /** It is on here already. */
  launched: boolean;
  /** Keys of the metrics chosen for it. */
  metrics: readonly string[];
  /** `rungs`: rungs of the fallback ladder whose text is approved. */
  scenarios: readonly { name: string; rungs: number }[];
  /** The same, for requests in no scenario. */
  rungs: number;
  /** Somebody confirmed having read what people see when AI is off. */
  fallbackAgreed: boolean;
  /** Some people or uses are left out, whatever share of the others gets it. */
  narrowed: boolean;
  /**
   * The open rollout, null without one: the share (0 to 1) of people who get its candidate, and what the rest get. Where that is the current release, a rollout
   * limits nobody: it only chooses between releases.
   */
  rollout: { share: number; rest: "current" | "fallback" } | null;
  /** Share (0 to 1) of live answers that are sampled for evaluation. */
  sampleShare: number;
  /** Names of the people who may reduce risk here. */
  operators: readonly string[];
  incidentClasses: readonly { name: string; trigger: string }[];
  /** What losing trust would look like here. */
  trustFailure: string;
};

/** One line of the checklist. `missing`: in words, null when it holds; `evidence`: what it holds by. */
export type ReadinessItem = {
  key: string;
  title: string;
  holds: boolean;
  missing: string | null;
  evidence: string | null;
};

export type Readiness = { items: ReadinessItem[]; ready: boolean; sentence: string };

type Check = {
  key: string;
  title: string;
  /** What is missing, null when nothing is. */
  missing: (facts: ReadinessFacts) => string | null;
  evidence: (facts: ReadinessFacts) => string;
};

const CHECKS: readonly Check[] = [
  {
    key: "metrics",
    title: "At least one trust, one harm and one fallback metric is chosen",
    missing: ({ metrics }) => {
      const chosen = new Set(metrics.map((key) => metricByKey(key)?.family));
      const without = DECIDING_FAMILIES.filter((family) => !chosen.has(family));
      return without.length === 0 ? null : `No metric is chosen for ${listed(without)}.`;
    },
    evidence: ({ metrics }) =>
      `Chosen: ${metrics.map((key) => metricByKey(key)?.name.toLowerCase() ?? key).join(", ")}.`,
  },
  {
    key: "switches",
    title: "Each scenario can be stopped alone, with its fallback designed beforehand",
    missing: (facts) => {
      if (facts.scenarios.length === 0)
        return "No scenario is named, so a risky use could only be stopped with all the others.";
      const bare = facts.scenarios.filter(({ rungs }) => rungs === 0).map(({ name }) => name);
      if (bare.length > 0) return `No approved fallback for ${listed(bare)}.`;
      if (facts.rungs === 0) return "No approved fallback for requests in no scenario.";
      return facts.fallbackAgreed ? null : "Nobody has confirmed yet what people see when AI is off.";
    },
    evidence: ({ scenarios }) =>
      `${counted(scenarios.length, "scenario")} with an approved fallback, read and confirmed.`,
  },
  {
    key: "narrow",
    title: "The launch is narrower than the team wants",
    missing: ({ launched, narrowed, rollout }) => {
      if (narrowed || (rollout?.rest === "fallback" && rollout.share < 1)) return null;
      const whom = launched
        ? "It is on for everybody: nothing limits it to some people or uses."
        : "It would start for everybody: limit it to some people or uses.";
      return rollout?.rest === "current"
        ? `${whom} Its rollout limits nobody: whoever does not get the candidate gets the current release.`
        : whom;
    },
    evidence: ({ narrowed, rollout }) =>
      narrowed || rollout === null
        ? "It is limited to some people or uses."
        : `${formatShare(rollout.share)} of people get AI, and the rest the fallback.`,
  },
  {
    key: "evaluation",
    title: "Evaluation keeps running on live samples after launch",
    missing: ({ sampleShare }) => (sampleShare > 0 ? null : "No live answers are sampled."),
    evidence: ({ sampleShare }) => `${formatShare(sampleShare)} of live answers are sampled.`,
  },
  {
    key: "operators",
    title: "Operators can reduce risk without engineering",
    missing: ({ operators }) => {
      if (operators.length === 0) return "Nobody may reduce risk here.";
      return operators.length === 1 ? `Only ${operators[0]} may reduce risk here: name a second person.` : null;
    },
    evidence: ({ operators }) =>
      `${counted(operators.length, "person", "people")} may reduce risk here: ${listed(operators)}.`,
  },
  {
    key: "incidents",
    title: "Kinds of incident and what triggers a rollback are agreed",
    missing: ({ incidentClasses }) => {
      if (incidentClasses.length === 0) return "No kind of incident is agreed.";
      const open = incidentClasses.filter(({ trigger }) => trigger.trim() === "").map(({ name }) => name);
      return open.length === 0 ? null : `What triggers a rollback is not said for ${listed(open)}.`;
    },
    evidence: ({ incidentClasses }) => `Agreed: ${incidentClasses.map(({ name }) => name).join(", ")}.`,
  },
  {
    key: "trust-failure",
    title: "What losing trust would look like here is written down",
    missing: ({ trustFailure }) =>
      trustFailure.trim() === "" ? "Nobody has written down what losing trust would look like here." : null,
    evidence: ({ trustFailure }) => trustFailure.trim(),
  },
];

/** The checklist before a launch (playbook, section 2): what holds, by what, and what is missing in words. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const items = CHECKS.map(({ key, title, missing, evidence }): ReadinessItem => {
    const lacks = missing(facts);
    return { key, title, holds: lacks === null, missing: lacks, evidence: lacks === null ? evidence(facts) : null };
  });
  const open = items.filter(({ holds }) => !holds).length;
  return { items, ready: open === 0, sentence: sayWhole(open, facts) };
}

/** What was launched already may not launch any more: the list then says what it rests on. */
function sayWhole(open: number, { feature, launched }: ReadinessFacts): string {
  if (open === 0) return launched ? `Nothing is missing for ${feature}.` : `Nothing is missing: ${feature} may launch.`;
  const missing = `${counted(open, "thing is", "things are")} missing`;
  return launched
    ? `${missing} for ${feature}, which was launched already.`
    : `${missing} before ${feature} may launch.`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
