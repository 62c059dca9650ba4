import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Actor, type Grant, KEY_SCOPES, type KeyScope, ROLES, type Role } from "./actor.ts";
import { type Answer, can, type Target, UNDO_MS } from "./can.ts";
import { ACTIONS, type Action, PERMISSIONS } from "./permissions.ts";

const now = 1_000_000_000_000;
const DAY = 24 * 3_600_000;
const production = { key: "production", name: "Production", guarded: true };
const staging = { key: "staging", name: "Staging", guarded: false };
const feature = "reply-assistant";

const grant = (role: Role, part: Partial<Grant> = {}): Grant => ({
  role,
  environment: null,
  feature: null,
  grantedAt: now - 2 * DAY,
  ...part,
});
const person = (...grants: Grant[]): Actor => ({
  kind: "person",
  id: "me",
  name: "Me",
  email: "me@example.com",
  sessionId: "s",
  grants,
});
const key = (scope: KeyScope, features: string[] = [feature]): Actor => ({
  kind: "key",
  id: "k",
  name: "Key",
  scope,
  environment: "production",
  features,
  origins: [],
});
const automation: Actor = { kind: "automation", name: "guard" };
const by = (placedBy: string, age = DAY, placedByAutomation = false): Target["control"] => ({
  placedBy,
  placedByName: "Lea Lang",
  placedAt: now - age,
  placedByAutomation,
});
const target = (part: Partial<Target> = {}): Target => ({ environment: production, feature, now, ...part });
const allowed = (answer: Answer) => answer.allowed;

/** V viewer, A author, O support lead, P product manager, R reviewer, D admin; s server, c client, a automation, r read key; * Evenkeel itself. Nothing else may. */
const TABLE: Record<Action, string> = {
  "environment.view": "VAOPRD r *",
  "audit.view": "VAOPRD r *",
  "audit.export": "PRD r *",
  "control.list": "VAOPRD ar *",
  "control.place": "AOPRD a *",
  "control.lift": "",
  "control.undo": "",
  "control.explain": "AOPRD",
  "control.expire": "*",
  "rollout.pause": "AOPRD a *",
  "rollout.step-back": "AOPRD a *",
  "rollout.rollback": "AOPRD a *",
  "ruleset.change": "AOPRD *",
  "measurement.change": "OPRD",
  "feature.launch": "AOPRD",
  "telemetry.export": "OPRD r",
  "settings.change": "D",
  "filter.refresh": "*",
  "change.approve": "PR",
  "instance.view": "VAOPRD r *",
  "instance.dismiss": "OPRD",
  "instance.acknowledge": "s",
  "ruleset.read": "s *",
  "blob.read": "s *",
  "stream.open": "s",
  "events.write": "s",
  "ofrep.evaluate": "sc",
  "metrics.read": "D r",
  "key.view": "D",
  "key.create": "D",
  "key.revoke": "D *",
  "person.view": "D",
  "person.manage": "D",
  "role.grant": "D",
  "session.end": "D *",
};
const LETTERS: Record<Role, string> = {
  viewer: "V",
  author: "A",
  operator: "O",
  "product-manager": "P",
  reviewer: "R",
  admin: "D",
};
const KEY_LETTERS: Record<KeyScope, string> = { server: "s", client: "c", automation: "a", read: "r" };

/** A proved-down change; for lifting and undoing a control that somebody else placed a day ago. */
const ordinary = target({ change: "down", control: by("person:somebody") });

describe("the permission table", () => {
  const rows = ACTIONS.flatMap((action) => [
    ...ROLES.map((role): [Action, string, Actor, string] => [action, role, person(grant(role)), LETTERS[role]]),
    ...KEY_SCOPES.map((scope): [Action, string, Actor, string] => [
      action,
      `${scope} key`,
      key(scope),
      KEY_LETTERS[scope],
    ]),
    [action, "automation", automation, "*"] as [Action, string, Actor, string],
  ]);

  it.each(rows)("%s by %s", (action, _, actor, letter) => {
    expect(allowed(can(actor, action, ordinary))).toBe(TABLE[action].includes(letter));
  });

  it("is complete: every action has a row here, and every role, key scope and the automation appear", () => {
    expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort());
    const people = new Set(Object.values(PERMISSIONS).flatMap((permission) => [...permission.people]));
    const keys = new Set(Object.values(PERMISSIONS).flatMap((permission) => [...permission.keys]));
    expect(people).toEqual(new Set(ROLES));
    expect(keys).toEqual(new Set(KEY_SCOPES));
    expect(Object.values(PERMISSIONS).some((permission) => permission.automation)).toBe(true);
  });

  it("refuses in two sentences that name no key, code or variable", () => {
    for (const [action, , actor] of rows) {
      const answer = can(actor, action, ordinary);
      if (answer.allowed) continue;
      for (const sentence of [answer.because, answer.whoCould]) {
        expect(sentence).toMatch(/^[A-Z][^{}_]*\.$/);
        expect(sentence).not.toMatch(/undefined|null|product-manager|operator/);
      }
    }
  });
});

describe("down is free, up is reviewed", () => {
  const changing = ACTIONS.filter((action) => PERMISSIONS[action].rule === "change");

  it.each(changing)(
    "%s: what is not proved down needs approval in Production, from anyone, and none in Staging",
    (action) => {
      for (const role of ROLES.filter((role) => role !== "viewer")) {
        for (const change of ["up", undefined] as const) {
          const answer = can(person(grant(role)), action, target({ change }));
          expect(answer).toMatchObject({
            allowed: false,
            whoCould: "A product manager or a reviewer can approve a change in Production.",
          });
          expect(allowed(can(person(grant(role)), action, target({ change, environment: staging })))).toBe(true);
        }
      }
      expect(allowed(can(automation, action, target({ change: "up", environment: staging })))).toBe(false);
      expect(allowed(can(automation, action, target({ environment: staging })))).toBe(false);
    },
  );
});

describe("taking back", () => {
  const lead = person(grant("operator"));
  const mine = "person:me";

  it.each(["control.undo", "control.lift"] as const)(
    "%s of one's own control is free within 15 minutes and no longer",
    (action) => {
      expect(allowed(can(lead, action, target({ control: by(mine, UNDO_MS - 1) })))).toBe(true);
      expect(allowed(can(lead, action, target({ control: by(mine, UNDO_MS) })))).toBe(false);
      expect(allowed(can(person(grant("viewer")), action, target({ control: by(mine, 0) })))).toBe(false);
    },
  );

  it("undoing somebody else's is refused, naming who can", () => {
    expect(can(lead, "control.undo", target({ control: by("person:lea", 0) }))).toEqual({
      allowed: false,
      because: "Only the person who placed a control can undo it.",
      whoCould: "Lea Lang can, within 15 minutes of placing it.",
    });
  });

  it("lifting a person's control in Production needs another person, whoever asks; in Staging nobody", () => {
    for (const role of ROLES.filter((role) => role !== "viewer")) {
      const actor = person(grant(role));
      expect(can(actor, "control.lift", target({ control: by("person:lea"), reason: "Fixed" }))).toEqual({
        allowed: false,
        because: "Lifting this control adds risk in Production, so another person must approve it.",
        whoCould: "A product manager or a reviewer can approve a change in Production.",
      });
      expect(allowed(can(actor, "control.lift", target({ control: by("person:lea"), environment: staging })))).toBe(
        true,
      );
    }
  });

  it.each([by("automation:guard", DAY, true), by("key:k", DAY), by("automation:guard", 0)])(
    "what automation placed, %j, is lifted by a product manager or reviewer, with a reason",
    (control) => {
      for (const role of ROLES) {
        const may = role === "product-manager" || role === "reviewer";
        expect(allowed(can(person(grant(role)), "control.lift", target({ control, reason: "Fixed" })))).toBe(may);
        expect(allowed(can(person(grant(role)), "control.lift", target({ control })))).toBe(may);
        for (const reason of [null, "", "  "])
          expect(allowed(can(person(grant(role)), "control.lift", target({ control, reason })))).toBe(false);
      }
    },
  );

  it("lifting nothing is refused", () => {
    expect(allowed(can(lead, "control.lift", target()))).toBe(false);
  });
});

describe("limits of a role", () => {
  it("to an environment: nothing elsewhere", () => {
    const actor = person(grant("operator", { environment: "staging" }));
    expect(allowed(can(actor, "control.place", target({ change: "down", environment: staging })))).toBe(true);
    expect(can(actor, "control.place", target({ change: "down" }))).toMatchObject({
      because: "You have no role for this feature in Production.",
    });
    expect(allowed(can(actor, "control.place", { feature, change: "down", now }))).toBe(false);
  });

  it("to a feature: nothing on others, nothing that touches several, but everything may be looked at", () => {
    const actor = person(grant("operator", { feature }));
    expect(allowed(can(actor, "control.place", target({ change: "down" })))).toBe(true);
    expect(allowed(can(actor, "control.place", target({ change: "down", feature: "case-summary" })))).toBe(false);
    expect(allowed(can(actor, "control.place", target({ change: "down", feature: null })))).toBe(false);
    expect(allowed(can(actor, "environment.view", target({ feature: null })))).toBe(true);
  });

  it("under 24 hours old: no approving, but stopping", () => {
    const young = person(grant("reviewer", { grantedAt: now - DAY + 1 }));
    expect(can(young, "change.approve", target())).toMatchObject({
      because: "Your role here is less than 24 hours old, so you cannot approve yet.",
    });
    expect(allowed(can(person(grant("reviewer", { grantedAt: now - DAY })), "change.approve", target()))).toBe(true);
    expect(allowed(can(young, "control.place", target({ change: "down" })))).toBe(true);
  });

  it("no role at all, or one that this version does not know: no", () => {
    for (const actor of [person(), person(grant("overlord" as Role))])
      for (const action of ACTIONS) expect(allowed(can(actor, action, ordinary))).toBe(false);
  });
});

describe("API keys", () => {
  it("do nothing outside of their environment", () => {
    for (const scope of KEY_SCOPES)
      for (const action of ACTIONS)
        expect(allowed(can(key(scope), action, { ...ordinary, environment: staging }))).toBe(false);
  });

  it("of automation place controls on the features they name, and only such as reduce risk", () => {
    const place = (part: Partial<Target>) => allowed(can(key("automation"), "control.place", target(part)));
    expect(place({ change: "down" })).toBe(true);
    expect(place({ change: "up" })).toBe(false);
    expect(place({})).toBe(false);
    expect(place({ change: "down", feature: "case-summary" })).toBe(false);
    expect(place({ change: "down", feature: null })).toBe(false);
    const inStaging: Actor = { ...(key("automation") as Extract<Actor, { kind: "key" }>), environment: "staging" };
    expect(allowed(can(inStaging, "control.place", target({ change: "up", environment: staging })))).toBe(false);
  });

  it("of automation lift only what they placed", () => {
    const lift = (placedBy: string) =>
      allowed(can(key("automation"), "control.lift", target({ control: by(placedBy), reason: "Over" })));
    expect(lift("key:k")).toBe(true);
    expect(lift("key:other")).toBe(false);
    expect(lift("person:me")).toBe(false);
  });
});

describe("what is unknown may nothing", () => {
  it("actions, kinds of actor and key scopes", () => {
    const admin = person(...ROLES.map((role) => grant(role)));
    for (const action of ["control.destroy", "toString", "__proto__", ""] as never[])
      for (const actor of [admin, key("server"), automation]) expect(allowed(can(actor, action, ordinary))).toBe(false);
    for (const action of ACTIONS) {
      expect(allowed(can({ kind: "ghost" } as never, action, ordinary))).toBe(false);
      expect(allowed(can(key("root" as KeyScope), action, ordinary))).toBe(false);
    }
  });

  it("adding a role never takes away what one may do", () => {
    const roles = fc.subarray([...ROLES]);
    const anyTarget = fc.record({
      environment: fc.constantFrom(production, staging),
      feature: fc.constantFrom(feature, null),
      change: fc.constantFrom("down" as const, "up" as const, undefined),
      control: fc.constantFrom(by("person:me", 0), by("person:lea"), by("automation:guard", 0, true), undefined),
      now: fc.constant(now),
    });
    fc.assert(
      fc.property(
        roles,
        fc.constantFrom(...ROLES),
        fc.constantFrom(...ACTIONS),
        anyTarget,
        (held, more, action, on) => {
          const before = can(person(...held.map((role) => grant(role))), action, on);
          const after = can(person(...held.map((role) => grant(role)), grant(more)), action, on);
          expect(before.allowed && !after.allowed).toBe(false);
        },
      ),
    );
  });
});
