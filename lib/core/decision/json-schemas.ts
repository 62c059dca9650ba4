import { z } from "zod";
import { decision } from "./decision.ts";
import { ruleset } from "./ruleset.ts";

/** The two halves of the contract that other programs rely on: what a decision is made from, and the decision. */
export const SCHEMAS = ["ruleset", "decision"] as const;

const sources = { ruleset, decision };

/** The text of `<name>.schema.json` (JSON Schema 2020-12), generated from the same Zod schema that the code uses. */
export function schemaText(name: (typeof SCHEMAS)[number]): string {
  // `input`: a field with a default may be left out by whoever writes a ruleset.
  const schema = z.toJSONSchema(sources[name], { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ title: `Evenkeel ${name}`, ...schema }, null, 2)}\n`;
}
