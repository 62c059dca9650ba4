import { isStop } from "#components/control/layers.ts";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { type Act, places } from "./act.ts";
import type { EmergencyView } from "./emergency-view.ts";

/** The state of what the dialog shows. `proof`: of the act, as far as it is known. */
export function titleOf(view: EmergencyView, act: Act | undefined, proof: ProofView | undefined): string {
  if (view.name === "choose") return "What is going wrong?";
  if (view.name === "kept") return "A stop that was not carried out";
  if (act === undefined) return "Nothing was changed";
  const what = isStop(act.layer) ? "The stop" : "The restriction";
  switch (act.phase.name) {
    case "signed-out":
      return `${what} waits for sign-in`;
    case "refused":
      return `${what} was ${places(act) ? "refused" : "not lifted"}`;
    case "waiting":
      return places(act) ? `${what} has not arrived yet` : `${what} still holds`;
    case "sending":
      return places(act) ? `${what} is on its way` : `${what} is being lifted`;
    case "done":
      if (proof?.state === "pending") return places(act) ? `${what} is on its way` : `${what} is being lifted`;
      return places(act) ? `${what} is in force` : `${what} is lifted`;
  }
}
