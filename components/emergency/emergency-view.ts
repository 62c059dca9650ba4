import type { KeptStop } from "./kept-stop.ts";

/** What the dialog shows: the choice, what became of a click, or a stop kept through sign-in. */
export type EmergencyView =
  | { name: "choose"; typed: string }
  | { name: "act"; switchKey: string; afterSignIn: boolean }
  | { name: "kept"; stop: KeptStop };
