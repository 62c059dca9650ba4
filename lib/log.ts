import { pino } from "pino";
import { env } from "./env.ts";

const SECRET_FIELDS =
  /^(?:.*(?:password|secret|authorization|cookie|api-?key).*|key|token|user-?id|targeting-?key|email|prompt|input|output|body)$/i;

/** API keys, bearer tokens and passwords inside connection strings, wherever they stand in a line. */
const SECRET_TEXTS: [RegExp, string][] = [
  [/\bek_[a-z0-9-]+_[A-Za-z0-9_-]{8,}/g, "ek_[hidden]"],
  [/\bBearer\s+[A-Za-z0-9._~+/=-]{8,}/gi, "Bearer [hidden]"],
  [/(\w+:\/\/[^:/?#\s"]*):[^@/\s"]+@/g, "$1:[hidden]@"],
];

/** Hides secrets that stand in free text. */
export function hideSecrets(text: string): string {
  return SECRET_TEXTS.reduce((line, [pattern, instead]) => line.replace(pattern, instead), text);
}

/** A copy of what is logged without the values of fields that hold secrets, people's ids or what they wrote. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value instanceof Error) {
    const { name, message, stack } = value;
    const code = "code" in value ? value.code : undefined;
    return {
      name,
      message,
      code,
      stack,
      cause: depth < 3 && value.cause ? withoutSecrets(value.cause, depth + 1) : undefined,
    };
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > 6) return "[deep]";
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([field, entry]) => [
      field,
      SECRET_FIELDS.test(field.replaceAll("_", "-")) ? "[hidden]" : withoutSecrets(entry, depth + 1),
    ]),
  );
}

/** The one log: JSON lines on stdout. Secrets, raw user ids and what people wrote never get into it. */
export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: {
    level: (level) => ({ level }),
    log: (fields) => withoutSecrets(fields) as Record<string, unknown>,
  },
  hooks: { streamWrite: hideSecrets },
});
