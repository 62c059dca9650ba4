import type { PlaceControlInput } from "#lib/services/controls/schema.ts";
import { type Act, placing, type Words } from "./act.ts";

const KEY = "evenkeel.kept-stop";
/** Within this, the same person's stop is carried out by itself after sign-in; later it is offered. */
export const FRESH_MS = 15 * 60_000;

/** A stop that was clicked after the session had ended, kept in this tab through sign-in. */
export type KeptStop = {
  input: PlaceControlInput;
  words: Words;
  /** E-mail of whoever clicked. */
  by: string;
  /** Epoch ms of the click, by this browser's clock. */
  at: number;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What this tab wrote itself, perhaps as an older version of itself. The door checks every field again; a schema library here would be 31 kB on every page. */
function isKeptStop(value: unknown): value is KeptStop {
  if (!isRecord(value)) return false;
  const { input, words, by, at } = value;
  if (!isRecord(input) || !isRecord(words) || !isRecord(input.params)) return false;
  const texts = [input.environment, input.template, input.idempotencyKey, words.switchKey, words.sentence, by];
  return texts.every((text) => typeof text === "string" && text !== "") && typeof at === "number";
}

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
    const read: unknown = stored === null ? null : JSON.parse(stored);
    return isKeptStop(read) ? read : null;
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
