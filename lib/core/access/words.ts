import type { KeyScope, Role } from "./actor.ts";
import { KEY_WORDS, type Permission, ROLE_WORDS } from "./permissions.ts";
import type { Target } from "./target.ts";

/** Why something is refused and who could do it: two sentences for a person. */
export type Refusal = { because: string; whoCould: string };

/** "a viewer", "an author, a support lead or an admin". */
function oneOf(words: readonly string[]): string {
  const named = words.map((word) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`));
  if (named.length < 2) return named[0] ?? "nobody";
  return `${named.slice(0, -1).join(", ")} or ${named.at(-1)}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Production", by name or by key. */
function place(target: Target): string {
  return target.environment?.name ?? upperFirst(target.environment?.key ?? "Evenkeel");
}

function roleWord(role: Role): string {
  return ROLE_WORDS[role] ?? "unknown role";
}

/** "A product manager or a reviewer can approve a change in Production." */
export function whoCould(permission: Permission, target: Target): string {
  const people = permission.people.map(roleWord);
  const keys = permission.keys.map((scope) => KEY_WORDS[scope]);
  const able = people.length > 0 ? people : keys;
  if (able.length === 0) return permission.automation ? "Only Evenkeel itself does this." : "Nobody can.";
  return `${upperFirst(oneOf(able))} can ${permission.doing} in ${place(target)}.`;
}

/** The sentences of refusals, in one place so that they read alike. */
export const because = {
  role(permission: Permission, roles: readonly Role[], target: Target): string {
    if (roles.length === 0) return `You have no role ${target.feature ? "for this feature " : ""}in ${place(target)}.`;
    return `As ${oneOf([...new Set(roles)].map(roleWord))} you may not ${permission.doing} in ${place(target)}.`;
  },
  riskier: (permission: Permission) =>
    `This could not be proved to reduce risk, and to ${permission.doing} in a way that may add risk needs another person's approval.`,
  youngRole: "Your role here is less than 24 hours old, so you cannot approve yet.",
  unknownRule: "Evenkeel does not know the rule for this action.",
  notYours: "Only the person who placed a control can undo it.",
  undoOver:
    "The 15 minutes in which you could undo this yourself are over. Lifting it now needs another person's approval.",
  noControl: "There is no such control.",
  liftNeedsApproval: (target: Target) =>
    `Lifting this control adds risk in ${place(target)}, so another person must approve it.`,
  liftAutomatic: "An automatic guard placed this control.",
  noReason: "An automatic guard placed this control, so lifting it needs a reason.",
  keyScope: (permission: Permission, scope: KeyScope) =>
    `${upperFirst(oneOf([KEY_WORDS[scope] ?? "key of this kind"]))} may not ${permission.doing}.`,
  keyEnvironment: "This key belongs to another environment.",
  keyFeature: "This key may only touch the features it names.",
  keyLiftsOwn: "This key may only lift the controls that it placed itself.",
  onlyTightens: "Automation may only reduce risk, and this could not be proved to.",
  automation: (permission: Permission) => `Automation may not ${permission.doing}.`,
};
