import type { Phase, Story } from "../story.ts";
import { ANSWERS, REPLIES, SUMMARIES } from "./features.ts";

/**
 * Since release 2.3 more people come, accept as much as before and complain as little, but putting an answer right takes twice as long, and people who are new to it begin
 * to stay away.
 */
export const LONGER_CORRECTIONS: Phase[] = [
  { from: [9, 9], over: 96, rates: { correctionSeconds: 44, edited: 0.155, changed: 0.24, reviewSeconds: 46 } },
  { from: [9, 9], over: 48, rates: { visits: 1.25, arrivals: 19 } },
  // They meet it for the first time shortly before, and do not come again.
  { from: [13, 0], over: 96, rates: { staying: 0.55 } },
  { from: [9, 9], over: 72, rates: { newcomersVisits: 0.55 } },
];

/** Usage, acceptance and latency are good and few complain, while the time to correct an answer doubles. */
export const hiddenHarm: Story = {
  seed: "hidden-harm",
  features: [{ ...REPLIES, phases: LONGER_CORRECTIONS }, SUMMARIES, ANSWERS],
  stops: [],
};
