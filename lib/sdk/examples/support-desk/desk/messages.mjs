import { readFileSync } from "node:fs";
import { parseCsv } from "./csv.mjs";

const topics = JSON.parse(readFileSync(new URL("../data/topics.json", import.meta.url), "utf8"));

/** Scenario keys of the feature and how the page calls them. */
export const SCENARIOS = {
  billing: "Billing",
  refunds: "Refunds",
  shipping: "Shipping",
  card: "Card",
  account: "Account",
};

/**
 * Scenarios of a category, which is one of the 77 of BANKING77 or a scenario's own key. An unknown category is in none, and
 * Evenkeel then applies what holds for the whole feature.
 */
export function scenariosOf(category) {
  if (Object.hasOwn(SCENARIOS, category)) return [category];
  return Object.hasOwn(topics, category) ? topics[category].scenarios : [];
}

/** Every category that has a scenario. */
export const CATEGORIES = Object.keys(topics);

/** Customer messages `{text, category}` of a CSV file; without a path the small set that comes with the example. */
export function readMessages(path) {
  const source = path || new URL("../data/messages.csv", import.meta.url);
  const messages = parseCsv(readFileSync(source, "utf8")).filter((message) => message.text && message.category);
  if (messages.length === 0) throw new Error(`${source} has no messages. It needs the columns text,category.`);
  return messages;
}
