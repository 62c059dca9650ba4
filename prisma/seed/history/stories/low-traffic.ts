import type { Story } from "../story.ts";
import { ANSWERS, REPLIES, SUMMARIES } from "./features.ts";

/** Ten to twenty requests a day: too few to tell anything from. */
export const lowTraffic: Story = {
  seed: "low-traffic",
  features: [
    { ...REPLIES, size: 100, habit: 0.15, rates: { ...REPLIES.rates, arrivals: 0.5, manualVisits: 1 } },
    SUMMARIES,
    { ...ANSWERS, size: 80, habit: 0.15, rates: { ...ANSWERS.rates, arrivals: 0.5, manualVisits: 1 } },
  ],
  stops: [],
};
