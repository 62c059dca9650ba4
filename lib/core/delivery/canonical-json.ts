/**
 * JSON with object keys in UTF-16 order and no white space, as RFC 8785 asks for (numbers and strings as ECMAScript
 * writes them, which is what the RFC prescribes). Keys whose value is undefined are left out, as in `JSON.stringify`.
 * Our own, because the SDK carries it into hosts on Node 20 without any dependency.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) {
    let out = "[";
    for (let i = 0; i < value.length; i++) out += (i ? "," : "") + canonicalJson(value[i]);
    return `${out}]`;
  }
  const fields = value as Record<string, unknown>;
  let out = "";
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field !== undefined) out += `${out && ","}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${out}}`;
}
