import { DAY_MS, MINUTE_MS } from "../time.ts";
import { type Actor, actorReference, type Grant, type Role } from "./actor.ts";
import { type Action, PERMISSIONS, type Permission } from "./permissions.ts";
import type { Target } from "./target.ts";
import { because, type Refusal, whoCould } from "./words.ts";

export type { Action, Target };

/** For how long people may take back their own control without anyone else, in milliseconds. */
export const UNDO_MS = 15 * MINUTE_MS;
/** How old a role must be before its holder may approve, in milliseconds. */
const APPROVER_AGE_MS = DAY_MS;

/** Whether an actor may do it; if not, why and who could, as sentences for a person. */
export type Answer = { allowed: true } | ({ allowed: false } & Refusal);

const yes: Answer = { allowed: true };

function no(refusal: Refusal): Answer {
  return { allowed: false, ...refusal };
}

/** Whether `actor` may do `action` to `target` (design section 6). Total: an unknown action, role, scope or kind of actor may nothing. */
export function can(actor: Actor, action: Action, target: Target): Answer {
  const permission = Object.hasOwn(PERMISSIONS, action) ? PERMISSIONS[action] : undefined;
  if (!permission) return no({ because: "Evenkeel does not know this action.", whoCould: "Nobody can do it." });
  if (actor.kind === "person") return personCan(actor, permission, target);
  if (actor.kind === "key") return keyCan(actor, permission, target);
  if (actor.kind === "automation") return automationCan(permission, target);
  return no({ because: "Evenkeel does not know who this is.", whoCould: whoCould(permission, target) });
}

/** A grant limited to an environment or a feature counts only there. */
function counts(grant: Grant, permission: Permission, target: Target): boolean {
  if (grant.environment !== null && grant.environment !== target.environment?.key) return false;
  return grant.feature === null || permission.rule === "anywhere" || grant.feature === target.feature;
}

function personCan(actor: Extract<Actor, { kind: "person" }>, permission: Permission, target: Target): Answer {
  const grants = actor.grants.filter((grant) => counts(grant, permission, target));
  const held = grants.filter((grant) => permission.people.includes(grant.role));
  if (held.length === 0) {
    const roles = grants.map((grant) => grant.role);
    return no({ because: because.role(permission, roles, target), whoCould: whoCould(permission, target) });
  }
  const mine = target.control !== undefined && target.control.placedBy === actorReference(actor);
  switch (permission.rule) {
    case "plain":
    case "anywhere":
      return yes;
    case "change":
      return changeAnswer(permission, target);
    case "undo":
      return undoAnswer(mine, target);
    case "lift":
      return liftAnswer(mine, held, target);
    case "approve":
      if (held.some((grant) => target.now - grant.grantedAt >= APPROVER_AGE_MS)) return yes;
      return no({ because: because.youngRole, whoCould: whoCould(permission, target) });
    default:
      return no({ because: because.unknownRule, whoCould: whoCould(permission, target) });
  }
}

function changeAnswer(permission: Permission, target: Target): Answer {
  if (target.change === "down" || target.environment?.guarded === false) return yes;
  return no({ because: because.riskier(permission), whoCould: whoCould(PERMISSIONS["change.approve"], target) });
}

function withinUndo({ control, now }: Target): boolean {
  return control !== undefined && now - control.placedAt < UNDO_MS;
}

function undoAnswer(mine: boolean, target: Target): Answer {
  if (mine && withinUndo(target)) return yes;
  const who = target.control?.placedByName ?? "The person who placed it";
  if (!mine) return no({ because: because.notYours, whoCould: `${who} can, within 15 minutes of placing it.` });
  return no({ because: because.undoOver, whoCould: whoCould(PERMISSIONS["change.approve"], target) });
}

function liftAnswer(mine: boolean, held: readonly Grant[], target: Target): Answer {
  if (!target.control) return no({ because: because.noControl, whoCould: "Nobody can." });
  if (mine && withinUndo(target)) return yes;
  if (target.environment?.guarded === false) return yes;
  const approve = PERMISSIONS["change.approve"];
  if (!isAutomatic(target.control))
    return no({ because: because.liftNeedsApproval(target), whoCould: whoCould(approve, target) });
  const approvers: readonly Role[] = approve.people;
  if (!held.some((grant) => approvers.includes(grant.role)))
    return no({ because: because.liftAutomatic, whoCould: whoCould({ ...approve, doing: "lift it" }, target) });
  if (target.reason !== undefined && !target.reason?.trim())
    return no({ because: because.noReason, whoCould: "You can, once you have said why." });
  return yes;
}

/** A control that no person placed. */
function isAutomatic(control: NonNullable<Target["control"]>): boolean {
  return control.placedByAutomation || !control.placedBy.startsWith("person:");
}

function keyCan(actor: Extract<Actor, { kind: "key" }>, permission: Permission, target: Target): Answer {
  const refuse = (why: string) => no({ because: why, whoCould: whoCould(permission, target) });
  if (!permission.keys.includes(actor.scope)) return refuse(because.keyScope(permission, actor.scope));
  if (actor.environment !== target.environment?.key) return refuse(because.keyEnvironment);
  if (actor.scope !== "automation" || permission.rule === "anywhere") return yes;
  if (typeof target.feature !== "string" || !actor.features.includes(target.feature)) return refuse(because.keyFeature);
  if (permission.rule === "change") return target.change === "down" ? yes : refuse(because.onlyTightens);
  if (permission.rule === "lift")
    return target.control?.placedBy === actorReference(actor) ? yes : refuse(because.keyLiftsOwn);
  return yes;
}

function automationCan(permission: Permission, target: Target): Answer {
  const refuse = (why: string) => no({ because: why, whoCould: whoCould(permission, target) });
  if (!permission.automation) return refuse(because.automation(permission));
  return permission.rule !== "change" || target.change === "down" ? yes : refuse(because.onlyTightens);
}
