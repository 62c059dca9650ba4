import type { KeyScope, Role } from "./actor.ts";

/**
 * Who may do one thing. `people`: roles that may; `keys`: API key scopes that may; `automation`: whether Evenkeel's own automation may.
 * `rule` names what else `can` asks of it; `doing` completes "may not ..." in what people read.
 */
export type Permission = {
  readonly doing: string;
  readonly people: readonly Role[];
  readonly keys: readonly KeyScope[];
  readonly automation: boolean;
  /**
   * `plain`: the role is enough. `anywhere`: a role limited to some feature is enough too, because the action names none. `change`: down is free, up needs
   * approval where the environment is guarded. `lift`, `undo`: the rules about one's own controls and those of automation. `approve`: no role under 24 hours old.
   */
  readonly rule: "plain" | "anywhere" | "change" | "lift" | "undo" | "approve";
};

const everyone = ["viewer", "author", "operator", "product-manager", "reviewer", "admin"] as const;
const allButViewer = ["author", "operator", "product-manager", "reviewer", "admin"] as const;
const approvers = ["product-manager", "reviewer"] as const;
const admins = ["admin"] as const;

/** The one table of permissions (design section 6): every action with the people, API keys and automation that may do it. */
export const PERMISSIONS = {
  "environment.view": row("see this environment", everyone, ["read"], true, "anywhere"),
  "audit.view": row("see the audit log", everyone, ["read"], true, "anywhere"),
  "audit.export": row("export the audit log", ["product-manager", "reviewer", "admin"], ["read"], true, "anywhere"),
  "control.list": row("list controls", everyone, ["read", "automation"], true, "anywhere"),

  "control.place": row("place a control", allButViewer, ["automation"], true, "change"),
  "control.lift": row("lift a control", allButViewer, ["automation"], false, "lift"),
  "control.undo": row("undo a control", allButViewer, [], false, "undo"),
  "control.explain": row("give the reason of a control", allButViewer, [], false, "plain"),
  "control.expire": row("end a control at its time", [], [], true, "plain"),

  "rollout.pause": row("pause a rollout", allButViewer, ["automation"], true, "change"),
  "rollout.step-back": row("step a rollout back", allButViewer, ["automation"], true, "change"),
  "rollout.rollback": row("roll back a release", allButViewer, ["automation"], true, "change"),
  "ruleset.change": row("change the rules", allButViewer, [], true, "change"),
  "measurement.change": row(
    "change how a feature is measured",
    ["operator", "product-manager", "reviewer", "admin"],
    [],
    false,
    "plain",
  ),
  "feature.launch": row("launch a feature", allButViewer, [], false, "change"),
  "telemetry.export": row(
    "export who was affected",
    ["operator", "product-manager", "reviewer", "admin"],
    ["read"],
    false,
    "plain",
  ),
  "settings.change": row("change how long raw events are kept", admins, [], false, "plain"),
  "filter.refresh": row("refresh who has had a feature", [], [], true, "plain"),
  "change.approve": row("approve a change", approvers, [], false, "approve"),

  "instance.view": row("see running instances", everyone, ["read"], true, "anywhere"),
  "instance.dismiss": row(
    "dismiss an instance",
    ["operator", "product-manager", "reviewer", "admin"],
    [],
    false,
    "anywhere",
  ),
  "instance.acknowledge": row("acknowledge rules", [], ["server"], false, "plain"),

  "ruleset.read": row("read the rules", [], ["server"], true, "plain"),
  "blob.read": row("read the content of releases", [], ["server"], true, "plain"),
  "stream.open": row("follow the rules live", [], ["server"], false, "plain"),
  "events.write": row("report events", [], ["server"], false, "plain"),
  "ofrep.evaluate": row("ask for decisions over OFREP", [], ["server", "client"], false, "plain"),
  "metrics.read": row("read the server's own figures", admins, ["read"], false, "plain"),

  "key.view": row("see API keys", admins, [], false, "plain"),
  "key.create": row("make an API key", admins, [], false, "plain"),
  "key.revoke": row("revoke an API key", admins, [], true, "plain"),
  "person.view": row("see people and their roles", admins, [], false, "plain"),
  "person.manage": row("add or archive people", admins, [], false, "plain"),
  "role.grant": row("give or take roles", admins, [], false, "plain"),
  "session.end": row("end somebody's session", admins, [], true, "plain"),
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

/** All actions, for tests and screens. */
export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

function row(
  doing: string,
  people: readonly Role[],
  keys: readonly KeyScope[],
  automation: boolean,
  rule: Permission["rule"],
): Permission {
  return { doing, people, keys, automation, rule };
}

/** Roles as people call them. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: "viewer",
  author: "author",
  operator: "support lead",
  "product-manager": "product manager",
  reviewer: "reviewer",
  admin: "admin",
};

/** API keys by scope as people call them. */
export const KEY_WORDS: Record<KeyScope, string> = {
  server: "server key",
  client: "client key",
  automation: "automation key",
  read: "read key",
};
