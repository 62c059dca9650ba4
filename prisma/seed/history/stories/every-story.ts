import type { Story } from "../story.ts";
import { BILLING_STOP, INVENTED_POLICY } from "./billing-incident.ts";
import { ANSWERS, REPLIES, SUMMARIES } from "./features.ts";
import { LONGER_CORRECTIONS } from "./hidden-harm.ts";

/** All of it in one bank: Reply assistant had the incident and has the hidden harm, Case summary has little traffic, Knowledge answers is calm. */
export const everyStory: Story = {
  seed: "every-story",
  features: [{ ...REPLIES, phases: [...INVENTED_POLICY, ...LONGER_CORRECTIONS] }, SUMMARIES, ANSWERS],
  stops: [BILLING_STOP],
};
