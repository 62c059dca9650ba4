import { z } from "zod";

/** A value of a declared attribute as it stands in a rule or arrives in a context. */
export const attributeValue = z.union([z.string(), z.number(), z.boolean()]);
export type AttributeValue = z.infer<typeof attributeValue>;

/** The type an operator declared for an attribute. A value of another type is ill-typed, so its conditions are unknown. `date` is an ISO 8601 string. */
export const attributeType = z.enum(["string", "number", "boolean", "date"]);
export type AttributeType = z.infer<typeof attributeType>;

/**
 * A condition on a context, answered in Kleene's three values: yes, no, unknown.
 * Kinds that this code does not know are unknown, never false.
 */
export type Condition =
  | { kind: "all"; of: Condition[] }
  | { kind: "any"; of: Condition[] }
  | { kind: "not"; of: Condition }
  | { kind: "is"; attribute: string; anyOf: AttributeValue[] }
  | { kind: "compare"; attribute: string; op: "<" | "<=" | ">" | ">="; value: number | string }
  | { kind: "cohort"; cohort: string };

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("all"), of: z.array(condition) }),
    z.object({ kind: z.literal("any"), of: z.array(condition) }),
    z.object({ kind: z.literal("not"), of: condition }),
    z.object({
      kind: z.literal("is"),
      attribute: z.string().min(1),
      anyOf: z.array(attributeValue).min(1),
    }),
    z.object({
      kind: z.literal("compare"),
      attribute: z.string().min(1),
      op: z.enum(["<", "<=", ">", ">="]),
      value: z.union([z.number(), z.string()]),
    }),
    z.object({ kind: z.literal("cohort"), cohort: z.string().min(1) }),
  ]),
);
