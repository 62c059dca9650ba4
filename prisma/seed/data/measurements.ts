import type { QualityWeights } from "#lib/services/measurement/schema.ts";

type SeedMeasurement = {
  feature: string;
  /** Keys of lib/core/metrics. */
  metrics: string[];
  weights: QualityWeights;
  trustFailure: string;
  fallbackAgreed: boolean;
  incidentClasses: { name: string; trigger: string }[];
};

/** How each feature is measured and what was agreed before its launch. Call notes is not launched, and its list is not complete. */
export const MEASUREMENTS: SeedMeasurement[] = [
  {
    feature: "reply-assistant",
    metrics: [
      "repeat-usage",
      "kept-on",
      "repeated-prompts",
      "correction-time",
      "edit-rate",
      "escalations",
      "policy-violations",
      "switch-to-manual",
      "manual-path",
      "dismissal-rate",
      "quality-score",
      "task-completion",
      "thumbs-down",
      "error-rate",
      "latency-p95",
    ],
    weights: { judge: 0.5, feedback: 0.2, completion: 0.3 },
    trustFailure:
      'Agents still send our drafts but rewrite half of each first. They stop using it for billing and refunds, and customers answer "I want to talk to a person".',
    fallbackAgreed: true,
    incidentClasses: [
      {
        name: "A reply promises what no policy says",
        trigger: "Two such replies in an hour: stop the scenario, then go back to the release before.",
      },
      { name: "A reply shows somebody else's data", trigger: "One: turn the feature off." },
      {
        name: "Replies cost more time than they save",
        trigger: "Correction time half as high again as the week before, for two days: go back to the release before.",
      },
    ],
  },
  {
    feature: "case-summary",
    metrics: ["repeat-usage", "correction-time", "edit-rate", "misleading-rate", "switch-to-manual", "quality-score"],
    weights: { judge: 0.7, feedback: 0.1, completion: 0.2 },
    trustFailure: "Colleagues read every message of the case anyway, and write their own summary below ours.",
    fallbackAgreed: true,
    incidentClasses: [
      {
        name: "A summary says what is not in the case",
        trigger: "More than 2% of audited summaries in a day: turn it off for complaints.",
      },
    ],
  },
  {
    feature: "knowledge-answers",
    metrics: [
      "repeat-usage",
      "repeated-prompts",
      "escalations",
      "policy-violations",
      "abandonment",
      "manual-path",
      "thumbs-down",
      "low-confidence",
    ],
    weights: { judge: 0.4, feedback: 0.3, completion: 0.3 },
    trustFailure: "People open the article below the answer every time, or go straight to the contact form.",
    fallbackAgreed: true,
    incidentClasses: [
      { name: "An answer names a price that is not ours", trigger: "One: stop the scenario Pricing, then look." },
    ],
  },
  {
    feature: "call-notes",
    metrics: ["acceptance-rate", "repeat-usage"],
    weights: { judge: 1, feedback: 1, completion: 1 },
    trustFailure: "",
    fallbackAgreed: false,
    incidentClasses: [],
  },
];
