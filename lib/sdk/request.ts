import { safely } from "./safely.ts";
import type { AttributeValue, DecisionContext } from "./types.ts";

/**
 * A private copy of what the host gave, holding only what may be there. A field that cannot be read is missing, and what is missing is read
 * safely. Never throws, whatever the host's object does when it is looked at.
 */
export function requestOf(given: unknown): DecisionContext {
  const field = (name: keyof DecisionContext): unknown =>
    safely(() => (typeof given === "object" && given !== null ? Reflect.get(given, name) : undefined), undefined);
  const context: DecisionContext = {};
  const userId = field("userId");
  if (typeof userId === "string" && userId !== "") context.userId = userId;
  const sticky = field("sticky");
  if (typeof sticky === "string") context.sticky = sticky;
  const scenarios = field("scenarios");
  // One that cannot be read may be any: then none are told, which counts as all of them.
  const listed = safely(() => (Array.isArray(scenarios) && scenarios.every(isText) ? [...scenarios] : null), null);
  if (listed) context.scenarios = listed;
  const attributes = field("attributes");
  const declared = safely(() => attributesOf(attributes), null);
  if (declared) context.attributes = declared;
  return context;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function attributesOf(given: unknown): Record<string, AttributeValue> | null {
  if (typeof given !== "object" || given === null) return null;
  const attributes: Record<string, AttributeValue> = {};
  for (const name of Object.keys(given)) {
    const value: unknown = Reflect.get(given, name);
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
    Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return attributes;
}
