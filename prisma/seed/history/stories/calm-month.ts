import type { Story } from "../story.ts";
import { ANSWERS, REPLIES, SUMMARIES } from "./features.ts";

/** Nothing is wrong; figures wobble as real ones do. */
export const calmMonth: Story = { seed: "calm-month", features: [REPLIES, SUMMARIES, ANSWERS], stops: [] };
