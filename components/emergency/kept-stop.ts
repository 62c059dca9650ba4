import { z } from "zod";
import { placeControlInput } from "#lib/services/controls/schema.ts";
import { type Act, placing, type Words } from "./act.ts";

const KEY = "evenkeel.kept-stop";
/** Within this, the same person's stop is carried out by itself after sign-in; later it is offered. */
export const FRESH_MS = 15 * 60_000;

const keptStop = z.object({
  input: placeControlInput,
  words: z.custom<Words>((value) => typeof value === "object" && value !== null && "sentence" in value),
  /** E-mail of whoever clicked. */
  by: z.string(),
  /** Epoch ms of the click, by this browser's clock. */
  at: z.number(),
});
/** A stop that was clicked after the session had ended, kept in this tab through sign-in. */
export type KeptStop = z.infer<typeof keptStop>;

/** Whether this browser let us keep it: storage may be forbidden, or full. */
export function keepStop(stop: KeptStop): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(stop));
    return true;
  } catch {
    return false;
  }
}

export function readKeptStop(): KeptStop | null {
  try {
    const stored = sessionStorage.getItem(KEY);
    return stored === null ? null : keptStop.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

export function forgetKeptStop(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Where nothing may be kept there is nothing to forget.
  }
}

/** `carry-out` for the same person soon after; a stranger at the same desk, or a late return, is asked first. */
export function whatToDoWithKept(stop: KeptStop, person: { email: string }, now: number): "carry-out" | "offer" {
  const age = now - stop.at;
  return stop.by === person.email && age >= 0 && age <= FRESH_MS ? "carry-out" : "offer";
}

/** The kept click as an act, under its old idempotency key: had it arrived after all, it is still one control. */
export function actOfKept({ input, words }: KeptStop): Act {
  const { environment, template, params, idempotencyKey, expiresAt } = input;
  return placing(words, { template, params }, environment, idempotencyKey, expiresAt ?? null);
}
