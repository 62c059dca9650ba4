/**
 * JSON with object keys in UTF-16 order and no white space, as RFC 8785 asks for (numbers and strings as ECMAScript
 * writes them, which is what the RFC prescribes). Keys whose value is undefined are left out, as in `JSON.stringify`.
 * Our own, because the SDK carries it into hosts on Node 20 without any dependency.
 */
export function canonicalJson(value: unknown): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

function write(value: unknown, parts: string[]): void {
  if (typeof value !== "object" || value === null) {
    parts.push(JSON.stringify(value) ?? "null");
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      parts.push(i === 0 ? "[" : ",");
      write(value[i], parts);
    }
    parts.push(value.length === 0 ? "[]" : "]");
  } else {
    const fields = value as Record<string, unknown>;
    let separator = "{";
    for (const key of Object.keys(fields).sort()) {
      if (fields[key] === undefined) continue;
      parts.push(separator, JSON.stringify(key), ":");
      write(fields[key], parts);
      separator = ",";
    }
    parts.push(separator === "{" ? "{}" : "}");
  }
}
