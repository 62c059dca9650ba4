import type { FeatureStory, Rates } from "../story.ts";

/** A month in which nothing is wrong. */
export const CALM: Rates = {
  visits: 1,
  newcomersVisits: 1,
  arrivals: 13,
  staying: 0.96,
  retries: 0.07,
  system: 0.03,
  accepted: 0.87,
  edited: 0.13,
  correctionSeconds: 22,
  changed: 0.16,
  overridden: 0.025,
  reverted: 0.012,
  regenerated: 0.03,
  dismissed: 0.035,
  abandoned: 0.02,
  copiedNotSent: 0.015,
  switchedToManual: 0.012,
  escalated: 0.012,
  policyViolation: 0.003,
  moderated: 0.012,
  thumbsUp: 0.16,
  thumbsDown: 0.02,
  taskCompleted: 0.86,
  taskFailed: 0.03,
  sessionRestarted: 0.01,
  turnedOff: 0.003,
  reviewed: 0.06,
  reviewSeconds: 34,
  judged: 0.25,
  judgeScore: 0.84,
  audited: 0.05,
  misleading: 0.01,
  failed: 0.004,
  timedOut: 0.003,
  unsure: 0,
  filtered: 0.004,
  secondary: 0.02,
  latencyMs: 1350,
  manualVisits: 14,
};

/** Customers who write to the support desk. */
export const REPLIES: FeatureStory = {
  feature: "reply-assistant",
  people: "customer",
  size: 1100,
  habit: 0.3,
  weekend: 0.55,
  scenarios: { billing: 27, refunds: 14, shipping: 16, card: 24, account: 16, "": 3 },
  releases: [
    { key: "2.2", from: null },
    { key: "2.3", from: [9, 9] },
  ],
  candidateSince: [2, 11],
  rates: CALM,
  phases: [],
};

/** Colleagues who take over a case: some fifteen of them, a case a day each. */
export const SUMMARIES: FeatureStory = {
  feature: "case-summary",
  people: "colleague",
  size: 15,
  habit: 0.72,
  weekend: 0.5,
  scenarios: { complaints: 45, "": 55 },
  releases: [{ key: "1.1", from: null }],
  rates: { ...CALM, arrivals: 0.15, staying: 1, manualVisits: 1, latencyMs: 900, retries: 0.04 },
  phases: [],
};

/** Customers who search the Help centre. */
export const ANSWERS: FeatureStory = {
  feature: "knowledge-answers",
  people: "customer",
  size: 340,
  habit: 0.16,
  weekend: 0.7,
  scenarios: { pricing: 38, identity: 22, "": 40 },
  releases: [{ key: "3.0", from: null }],
  rates: { ...CALM, arrivals: 6, manualVisits: 5, latencyMs: 1050, edited: 0.1, unsure: 0.012, correctionSeconds: 18 },
  phases: [],
};
