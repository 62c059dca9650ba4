import type { ControlView, SwitchView } from "#lib/services/controls/schema.ts";
import type { Errand, Outcome } from "./doors.ts";

/** How far a click has come. Nothing here is assumed: `done` means that the server published it. */
export type ActPhase =
  | { name: "sending"; attempt: number }
  | { name: "waiting"; attempt: number; why: string }
  | { name: "signed-out" }
  | { name: "refused"; detail: string; requestId: string | null }
  | { name: "done"; outcome: Outcome };

/** The switch an act belongs to and the words it was clicked under. `again`: what places the same control. */
export type Words = {
  switchKey: string;
  layer: SwitchView["layer"];
  sentence: string;
  again: { template: string; params: SwitchView["params"] } | null;
};

/** One click that changes a rule: its errand, its words, and how far it has come. */
export type Act = Words & { id: string; errand: Exclude<Errand, { door: "reason" }>; phase: ActPhase };

/** How a control is taken back: by its owner within the undo time, or where lifting is allowed, with a reason. */
export type LiftHow = { undo: true } | { undo: false; reason: string };

export function wordsOf(sw: SwitchView): Words & { again: NonNullable<Words["again"]> } {
  return {
    switchKey: sw.key,
    layer: sw.layer,
    sentence: sw.sentence,
    again: { template: sw.template, params: sw.params },
  };
}

/** Placing a control. `idempotencyKey` makes every retry of this click the same control; `expiresAt` ISO 8601 or null. */
export function placing(
  words: Words,
  what: NonNullable<Words["again"]>,
  environment: string,
  idempotencyKey: string,
  expiresAt: string | null,
): Act {
  const body = { environment, ...what, expiresAt, reason: null, idempotencyKey };
  return {
    ...onlyWords(words),
    id: idempotencyKey,
    errand: { door: "stop", body },
    phase: { name: "sending", attempt: 1 },
  };
}

/** Taking a control back. */
export function lifting(
  words: Words,
  control: Pick<ControlView, "id">,
  environment: string,
  id: string,
  how: LiftHow,
): Act {
  const errand: Act["errand"] = how.undo
    ? { door: "undo", body: { environment, id: control.id } }
    : { door: "lift", body: { environment, id: control.id, reason: how.reason } };
  return { ...onlyWords(words), id, errand, phase: { name: "sending", attempt: 1 } };
}

function onlyWords({ switchKey, layer, sentence, again }: Words): Words {
  return { switchKey, layer, sentence, again };
}

/** Whether the act puts a restriction in place (rather than taking one away). */
export function places(act: Pick<Act, "errand">): boolean {
  return act.errand.door === "stop";
}

/** Whether the viewer may take the control back alone, now. `now`: epoch ms. */
export function mayUndo(control: ControlView, now: number): boolean {
  return control.liftedAt === null && control.undoUntil !== null && Date.parse(control.undoUntil) > now;
}
