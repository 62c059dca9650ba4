import type { AttributeValue, DecisionContext } from "./types.ts";

/**
 * A private copy of what the host gave, holding only what may be there. A field that cannot be read is missing, and what is missing is read
 * safely. Never throws, whatever the host's object does when it is looked at.
 */
export function requestOf(given: unknown): DecisionContext {
  const context: DecisionContext = {};
  if (typeof given !== "object" || given === null) return context;
  const userId = fieldOf(given, "userId");
  if (typeof userId === "string" && userId !== "") context.userId = userId;
  const sticky = fieldOf(given, "sticky");
  if (typeof sticky === "string") context.sticky = sticky;
  const scenarios = scenariosOf(fieldOf(given, "scenarios"));
  if (scenarios !== null) context.scenarios = scenarios;
  const attributes = attributesOf(fieldOf(given, "attributes"));
  if (attributes !== null) context.attributes = attributes;
  return context;
}

function fieldOf(given: object, name: keyof DecisionContext): unknown {
  try {
    return Reflect.get(given, name);
  } catch {
    return undefined;
  }
}

/** One entry that cannot be read may be any scenario: then none are told, which counts as all of them. */
function scenariosOf(given: unknown): string[] | null {
  try {
    if (!Array.isArray(given)) return null;
    const scenarios: string[] = [];
    for (const scenario of given) {
      if (typeof scenario !== "string") return null;
      scenarios.push(scenario);
    }
    return scenarios;
  } catch {
    return null;
  }
}

function attributesOf(given: unknown): Record<string, AttributeValue> | null {
  if (typeof given !== "object" || given === null) return null;
  try {
    const attributes: Record<string, AttributeValue> = {};
    for (const name of Object.keys(given)) {
      const value: unknown = Reflect.get(given, name);
      // No declared attribute has this name, and assigning it would set the prototype.
      if (name === "__proto__") continue;
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        attributes[name] = value;
    }
    return attributes;
  } catch {
    return null;
  }
}
