import { z } from "zod";
import type { LayerKey } from "#lib/core/controls/layers.ts";
import { type ControlParams, controlParams } from "#lib/core/controls/params.ts";

export { type ControlParams, controlParams, type LayerKey };

/** Place a control. `idempotencyKey` (a UUID made when the dialog opens) makes a retried click one control. */
export const placeControlInput = z.object({
  environment: z.string().min(1),
  template: z.string().min(1),
  params: controlParams,
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  reason: z.string().trim().max(500).nullable().default(null),
  idempotencyKey: z.uuid(),
});
export type PlaceControlInput = z.input<typeof placeControlInput>;

export const liftControlInput = z.object({
  environment: z.string().min(1),
  id: z.uuid(),
  reason: z.string().trim().max(500).nullable().default(null),
});
export type LiftControlInput = z.input<typeof liftControlInput>;

/** Take one's own control back. */
export const undoControlInput = z.object({ environment: z.string().min(1), id: z.uuid() });
export type UndoControlInput = z.input<typeof undoControlInput>;

export const giveReasonInput = z.object({
  environment: z.string().min(1),
  id: z.uuid(),
  reason: z.string().trim().min(3, "Say in a few words why.").max(500),
});
export type GiveReasonInput = z.input<typeof giveReasonInput>;

/** Before the click: whom it touches and what they see. `perHour` null: nothing has reported, so it is not known. */
export type Impact = {
  /** Decisions with AI in this scope, per hour, over the last hour that has data. */
  perHour: number | null;
  /** Distinct people (pseudonyms) among them, per hour; null when hosts send none. */
  peoplePerHour: number | null;
  /** "about 120 replies an hour, to about 45 customers" or "Not known yet: nobody has reported for 4 minutes". */
  sentence: string;
  /** What customers see instead: "Customers see the approved billing template." with the text itself. */
  sees: { sentence: string; text: string | null };
  /** Share (0 to 1) of traffic that carries no value for what the scope asks, so it is inside too; null when unknown or not asked. */
  unknownShare: number | null;
  /** "You can take this back yourself for 15 minutes." */
  takeBack: string;
};

/** A control as people see it. Times ISO 8601. */
export type ControlView = {
  id: string;
  template: string;
  sentence: string;
  layer: LayerKey;
  feature: { key: string; name: string } | null;
  scenario: { key: string; name: string } | null;
  placedAt: string;
  placedBy: string;
  byMe: boolean;
  byAutomation: boolean;
  reason: string | null;
  expiresAt: string | null;
  liftedAt: string | null;
  liftedBy: string | null;
  liftReason: string | null;
  sees: { sentence: string; text: string | null };
  /** Until when the viewer may undo it without anyone else; null if not. */
  undoUntil: string | null;
  /** Whether the viewer may lift it now; if not, who could approve, in words. */
  lift: { allowed: true } | { allowed: false; because: string };
  version: number;
};

/** A sentence that can be switched on: `active` is the control that holds it now. */
export type SwitchView = {
  /** Stable id of template + params. */
  key: string;
  template: string;
  params: ControlParams;
  sentence: string;
  layer: LayerKey;
  impact: Impact;
  active: ControlView | null;
  /** Whether the viewer may place it; if not, who may, in words. */
  place: { allowed: true } | { allowed: false; because: string };
};

/** Who follows the ruleset that carries (or no longer carries) a control. */
export type ProofView = {
  controlId: string;
  confirmed: number;
  of: number;
  /** `nobody`: no instance used this feature in the last 24 h and was heard from in the last minute. */
  state: "pending" | "proved" | "nobody";
  /** From publication to the last confirmation, milliseconds; null until proved. */
  tookMs: number | null;
  waitingFor: { id: string; name: string }[];
  notHeardFrom: { id: string; name: string; lastHeardAt: string; mayFollow: string | null }[];
  /** AI decisions in scope made under an older ruleset since it was proved or placed. */
  olderDecisions: number;
};
