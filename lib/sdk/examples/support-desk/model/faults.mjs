/** No faults. See `FAULTS` for what each one does. */
const NONE = { errors: 0, slowMs: 0, inventedPolicy: 0, costFactor: 1, hang: false, paceMs: null, provider: null };

const share = (value) => typeof value === "number" && value >= 0 && value <= 1;
const positive = (value, limit) => typeof value === "number" && value >= 0 && value <= limit;

/** Faults that can be turned on: what each does, and which values it takes. */
export const FAULTS = {
  errors: { says: "Share of requests that fail with HTTP 500 (0 to 1)", valid: share },
  slowMs: { says: "Milliseconds before the first token", valid: (value) => positive(value, 600_000) },
  inventedPolicy: { says: "Share of answers that promise something no policy says (0 to 1)", valid: share },
  costFactor: {
    says: "How many times the usual tokens an answer is billed for",
    valid: (value) => positive(value, 1000) && value >= 1,
  },
  hang: { says: "Take requests and never answer", valid: (value) => typeof value === "boolean" },
  paceMs: {
    says: "Milliseconds between tokens (empty: the model's own pace)",
    valid: (value) => value === null || positive(value, 60_000),
  },
  provider: {
    says: "Only this provider has the faults, such as provider-x (empty: all of them)",
    valid: (value) => value === null || typeof value === "string",
  },
};

/** The faults in force, changed by `set` and asked per provider by `of`. */
export function createFaults() {
  let current = { ...NONE };
  return {
    all: () => ({ ...current }),
    of: (provider) => (current.provider === null || current.provider === provider ? current : NONE),
    reset: () => {
      current = { ...NONE };
    },
    /** Changes the named faults and leaves the others. Returns a sentence if one is not valid; then nothing changes. */
    set(changes) {
      if (typeof changes !== "object" || changes === null || Array.isArray(changes)) return "Send an object of faults.";
      for (const [name, value] of Object.entries(changes)) {
        const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
        if (!fault) return `There is no fault "${name}". There are: ${Object.keys(FAULTS).join(", ")}.`;
        if (!fault.valid(value)) return `"${name}" cannot be ${JSON.stringify(value)}. ${fault.says}.`;
      }
      current = { ...current, ...changes };
      return null;
    },
  };
}
