import type { ControlEffect } from "#lib/services/metrics/schema.ts";

const number = new Intl.NumberFormat("en-GB");

/** What a control did: "Changed 312 decisions since it was placed, about 40 an hour." In its first hour there is no rate to tell: one decision in a minute is not 60 an hour. */
export function effectSentence({ total, perHour }: Pick<ControlEffect, "total" | "perHour">): string {
  if (total === 0) return "It has not changed a decision since it was placed.";
  const decisions = `${number.format(total)} ${total === 1 ? "decision" : "decisions"}`;
  if (perHour > total) return `Changed ${decisions} since it was placed.`;
  const rate = perHour < 1 ? "less than one an hour" : `about ${number.format(perHour)} an hour`;
  return `Changed ${decisions} since it was placed, ${rate}.`;
}
