const KEPT = 2000;

/**
 * What was asked of the model server, newest last: tokens planned and sent, and whether the client went away before the end
 * (`aborted`, `abortedAt`). Bounded to the last 2,000 requests.
 */
export function createRequestLog() {
  const entries = [];
  let count = 0;
  return {
    /** Opens an entry; the caller changes it in place as the answer proceeds. */
    open(fields) {
      const entry = {
        number: ++count,
        startedAt: new Date().toISOString(),
        status: null,
        tokensPlanned: 0,
        tokensSent: 0,
        aborted: false,
        abortedAt: null,
        finishedAt: null,
        ...fields,
      };
      entries.push(entry);
      if (entries.length > KEPT) entries.shift();
      return entry;
    },
    /** Entries that have all of these values, e.g. `{conversation: "c-1"}`. */
    find: (wanted) =>
      entries.filter((entry) => Object.entries(wanted).every(([name, value]) => String(entry[name]) === value)),
  };
}
