import type { Ruleset } from "../../core/decision/ruleset.ts";
import type { SignalEvent } from "../../core/events/event.ts";
import { SIGNAL_KINDS } from "../../core/events/signal-kinds.ts";
import type { SignalFields, SignalKind, SignalSubject } from "../types.ts";
import { keyOf, keys } from "./decision-event.ts";
import { isUuidV7 } from "./ids.ts";
import { pseudonym } from "./pseudonym.ts";

/** A signal as the host gave it, read and copied; or in words why it is none. */
export type ReadSignal = {
  decisionId?: string;
  feature?: string;
  scenarios?: string[];
  userId?: string;
  kind: SignalKind;
  value?: number;
  changed?: number;
  label?: string;
  actor?: string;
};

/** Reads `record`'s arguments, whatever they are. */
export function readSignal(about: string | SignalSubject, kind: SignalKind, fields: SignalFields): ReadSignal | string {
  if (!SIGNAL_KINDS.includes(kind)) return `there is no signal "${String(kind).slice(0, 50)}"`;
  const value = [fields.value, fields.seconds, fields.score].find(
    (each) => typeof each === "number" && Number.isFinite(each),
  );
  const changed = fields.changed;
  const signal: ReadSignal = {
    kind,
    value,
    changed: typeof changed === "number" && changed >= 0 && changed <= 1 ? changed : undefined,
    label: keyOf(fields.label) ?? undefined,
    actor: keyOf(fields.actor) ?? undefined,
  };
  if (typeof about === "string") {
    return isUuidV7(about) ? { ...signal, decisionId: about.toLowerCase() } : "it names no decision of Evenkeel";
  }
  const feature = keyOf(about.feature);
  if (feature === null) return "it names neither a decision nor a feature";
  const userId = typeof about.userId === "string" && about.userId !== "" ? about.userId : undefined;
  return { ...signal, feature, scenarios: keys(about.scenarios, 20), userId };
}

/** The event of a signal; `at`: epoch ms. The user's id becomes a pseudonym here, or nothing. */
export function signalEvent(signal: ReadSignal, rules: Ruleset | null, id: string, at: number): SignalEvent {
  const { userId, ...fields } = signal;
  const userHash = (userId !== undefined && pseudonym(rules, userId)) || undefined;
  return { type: "signal", id, at: new Date(at).toISOString(), ...fields, userHash };
}
