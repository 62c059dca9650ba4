import type { Context } from "#lib/context.ts";
import type { Names } from "#lib/core/controls/names.ts";
import { stateOf } from "#lib/core/controls/state-sentence.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { type ControlRow, controlView } from "../controls/present.ts";
import type { FeatureCard } from "./schema.ts";

/** The newest entry of the log about a feature's controls. */
export type ChangeRow = { at: Date; actorName: string; action: string; sentence: string; details: unknown };

type Facts = {
  key: string;
  names: Names;
  ruleset: Ruleset | null;
  viewer: Pick<Context, "actor" | "environment" | "now">;
  /** Those that hold now and touch the feature, newest first. */
  controls: readonly ControlRow[];
  lastChange: ChangeRow | null;
  aiPerHour: number | null;
  instances: number;
};

/** One feature on the control room: what the rules say it does, what restricts it, who changed it last. */
export function featureCard({
  key,
  names,
  ruleset,
  viewer,
  controls,
  lastChange,
  aiPerHour,
  instances,
}: Facts): FeatureCard {
  const name = names.features[key]?.name ?? key;
  const { state, sentence } = ruleset
    ? stateOf(ruleset, key, names, viewer.now.getTime())
    : { state: "unknown" as const, sentence: `No rules were published for ${name} yet, so nobody gets AI.` };
  return {
    key,
    name,
    state,
    sentence,
    lastChange: lastChange && {
      at: lastChange.at.toISOString(),
      who: lastChange.actorName,
      sentence: changeSentence(lastChange),
    },
    controls: controls.map((row) => controlView(row, viewer, names)),
    aiPerHour,
    instances,
  };
}

const VERBS: Record<string, string> = {
  "control.place": "switched on",
  "control.lift": "lifted",
  "control.undo": "took back",
};

/** "Lea Lang switched on "Disable AI replies for billing cases"." */
function changeSentence({ actorName, action, sentence, details }: ChangeRow): string {
  const verb = VERBS[action];
  const said = typeof details === "object" && details !== null && "control" in details ? details.control : null;
  if (action === "control.expire" && typeof said === "string") return `"${said}" ended by itself.`;
  if (verb && typeof said === "string") return `${actorName} ${verb} "${said}".`;
  return `${actorName}: ${sentence}`;
}
