import { expect, test } from "vitest";
import type { ControlView, ProofView } from "#lib/services/controls/schema.ts";
import { type Act, type ActPhase, lifting, placing } from "./act.ts";
import { titleOf } from "./dialog-title.ts";

const words = (layer: Act["layer"]) => ({ switchKey: "k", layer, sentence: "s", again: null });
const stop = (phase: ActPhase, layer: Act["layer"] = "scenario"): Act => ({
  ...placing(words(layer), { template: "t", params: {} }, "production", "id", null),
  phase,
});
const lift = (phase: ActPhase, layer: Act["layer"] = "scenario"): Act => ({
  ...lifting(words(layer), { id: "c" }, "production", "id", { undo: true }),
  phase,
});
const proof = (state: ProofView["state"]): ProofView => ({
  ...{ controlId: "c", confirmed: 0, of: 0, tookMs: null, waitingFor: [], notHeardFrom: [], olderDecisions: 0 },
  state,
});
const sending = { name: "sending", attempt: 1 } as const;
const waiting = { name: "waiting", attempt: 1, why: "" } as const;
const refused = { name: "refused", detail: "", requestId: null } as const;
const done = { name: "done", outcome: { control: {} as ControlView, proof: proof("pending") } } as const;
const view = { name: "act", switchKey: "k", afterSignIn: false } as const;

test.each([
  [stop(sending), undefined, "The stop is on its way"],
  [stop(waiting), undefined, "The stop has not arrived yet"],
  [stop(refused), undefined, "The stop was refused"],
  [stop({ name: "signed-out" }), undefined, "The stop waits for sign-in"],
  [stop(done), proof("pending"), "The stop is on its way"],
  [stop(done), proof("proved"), "The stop is in force"],
  [stop(done), proof("nobody"), "The stop is in force"],
  [stop(done, "review"), proof("proved"), "The restriction is in force"],
  [lift(sending), undefined, "The stop is being lifted"],
  [lift(waiting), undefined, "The stop still holds"],
  [lift(refused), undefined, "The stop was not lifted"],
  [lift(done), proof("pending"), "The stop is being lifted"],
  [lift(done), proof("proved"), "The stop is lifted"],
  [lift(done, "review"), proof("nobody"), "The restriction is lifted"],
  [undefined, undefined, "Nothing was changed"],
])("the title says the state (%#)", (act, known, title) => {
  expect(titleOf(view, act, known)).toBe(title);
});

test("before a click it asks, and a kept stop is named as one", () => {
  expect(titleOf({ name: "choose", typed: "" }, undefined, undefined)).toBe("What is going wrong?");
  const kept = { name: "kept", stop: {} } as Parameters<typeof titleOf>[0];
  expect(titleOf(kept, undefined, undefined)).toBe("A stop that was not carried out");
});
