import type { Phase, Stop, Story } from "../story.ts";
import { ANSWERS, REPLIES, SUMMARIES } from "./features.ts";

const billing = { scenarios: ["billing"] } as const;

/** Answers about billing promise what no policy says, from one morning until they are stopped that afternoon; people go on by hand for a week after. */
export const INVENTED_POLICY: Phase[] = [
  {
    ...billing,
    from: [12, 7],
    to: [12, 16.5],
    over: 2,
    rates: {
      accepted: 0.7,
      edited: 0.2,
      correctionSeconds: 40,
      policyViolation: 0.45,
      escalated: 0.22,
      thumbsDown: 0.3,
      thumbsUp: 0.06,
      reverted: 0.08,
      overridden: 0.08,
      taskCompleted: 0.6,
      judgeScore: 0.7,
    },
  },
  { ...billing, from: [12, 10], to: [9, 10], fades: 192, rates: { manualVisits: 130 } },
  { ...billing, from: [9, 10], to: [8, 10], fades: 120, rates: { switchedToManual: 0.05 } },
];

/** Placed by the support lead when the first reports had come in; it ends when release 2.3 is there. */
export const BILLING_STOP: Stop = {
  feature: "reply-assistant",
  scenario: "billing",
  from: [12, 16.5],
  until: [9, 10],
  by: "lead@example.com",
  reason: "Replies promise a goodwill policy that we do not have. Off until release 2.3 is out.",
};

/** An invented policy in billing, a stop, a new release, and recovery. */
export const billingIncident: Story = {
  seed: "billing-incident",
  features: [{ ...REPLIES, phases: INVENTED_POLICY }, SUMMARIES, ANSWERS],
  stops: [BILLING_STOP],
};
