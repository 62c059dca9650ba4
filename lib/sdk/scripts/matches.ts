/**
 * Whether `actual` holds everything that `expected` says: objects by the fields it names, lists item by item and of the same length, values
 * exactly. Null when it does, else where it does not.
 */
export function matches(expected: unknown, actual: unknown, path = ""): string | null {
  if (typeof expected !== "object" || expected === null) {
    return Object.is(expected, actual)
      ? null
      : `${path || "it"} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
  if (typeof actual !== "object" || actual === null || Array.isArray(expected) !== Array.isArray(actual)) {
    return `${path || "it"} is ${JSON.stringify(actual)}`;
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    return `${path || "it"} has ${actual.length} items, not ${expected.length}`;
  }
  for (const [name, value] of Object.entries(expected)) {
    const wrong = matches(value, Reflect.get(actual, name), path === "" ? name : `${path}.${name}`);
    if (wrong !== null) return wrong;
  }
  return null;
}
