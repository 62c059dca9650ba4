import type { ProofView } from "../controls/schema.ts";

/** An instance counts while it was heard from in the last minute; it says something at least every 20 s. */
export const HEARD_MS = 60_000;
/** An instance uses a feature when it asked for it in the last day. */
const USED_MS = 24 * 60 * 60 * 1000;

/** An instance as proofs need it, however long it has been silent. `since`: when it took up the rules it follows; `rulesAt`: when those were published. */
export type KnownInstance = {
  id: string;
  app: string;
  name: string;
  firstHeardAt: Date;
  lastHeardAt: Date;
  version: number | null;
  epoch: string | null;
  since: Date | null;
  /** Null when this database never published what the instance follows. */
  rulesAt: Date | null;
  features: Record<string, string>;
};

type Evidence = {
  controlId: string;
  /** The version that carries the control (or no longer does), and when it was published. */
  from: { version: number; at: Date };
  /** Instances that used the feature, as `usedLately` says it. */
  users: readonly KnownInstance[];
  now: Date;
  confirmedAt: ReadonlyMap<string, Date>;
  /** Null: telemetry could not be asked, so nothing is proved. */
  olderDecisions: number | null;
};

/**
 * What the screen says of a stop: M are the users of the feature heard from in the last minute; whoever else used it and never confirmed is named. Proved when all M confirmed
 * and no AI decision in scope was made under older rules since.
 */
export function proofView({ controlId, from, users, now, confirmedAt, olderDecisions }: Evidence): ProofView {
  const heard = users.filter((one) => isHeard(one, now));
  const confirmed = heard.filter((one) => follows(one, from.version));
  const all = confirmed.length === heard.length;
  const state = heard.length === 0 ? "nobody" : all && olderDecisions === 0 ? "proved" : "pending";
  return {
    controlId,
    confirmed: confirmed.length,
    of: heard.length,
    state,
    tookMs: state === "proved" ? tookMs(heard, from.at, confirmedAt) : null,
    waitingFor: heard.filter((one) => !follows(one, from.version)).map(({ id, name }) => ({ id, name })),
    notHeardFrom: users
      .filter((one) => !isHeard(one, now) && !follows(one, from.version))
      .map((one) => ({
        id: one.id,
        name: one.name,
        lastHeardAt: one.lastHeardAt.toISOString(),
        mayFollow: one.rulesAt?.toISOString() ?? null,
      })),
    olderDecisions: olderDecisions ?? 0,
  };
}

/** From the publication to the last confirmation. Whoever started later began with these rules and says nothing about how long they took. */
function tookMs(heard: readonly KnownInstance[], at: Date, confirmedAt: ReadonlyMap<string, Date>): number | null {
  const took = heard
    .filter((one) => one.firstHeardAt.getTime() <= at.getTime())
    .flatMap((one) => confirmedAt.get(one.id)?.getTime() ?? [])
    .map((confirmed) => Math.max(0, confirmed - at.getTime()));
  return took.length === 0 ? null : Math.max(...took);
}

/** Whether it was heard from in the last minute. */
export function isHeard(one: KnownInstance, now: Date): boolean {
  return now.getTime() - one.lastHeardAt.getTime() < HEARD_MS;
}

/** Whether it follows that version or a later one, of rules that this database really published. */
export function follows(one: KnownInstance, version: number): boolean {
  return one.rulesAt !== null && one.version !== null && one.version >= version;
}

/**
 * Whether it asked for the feature (for any, when none is named) in the last day. Of one that is silent, in the day before it fell silent: a frozen machine that is
 * thawed next week goes on where it was, so only hearing from it, its end or a person takes it off the list.
 */
export function usedLately(one: KnownInstance, feature: string | undefined, now: Date): boolean {
  const uses = feature === undefined ? Object.values(one.features) : [one.features[feature]];
  const until = isHeard(one, now) ? now : one.lastHeardAt;
  return uses.some((at) => at !== undefined && until.getTime() - Date.parse(at) < USED_MS);
}
