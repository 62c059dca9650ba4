import { RUNG_KINDS } from "./constants.ts";
import type { Decision } from "./decision.ts";
import type { RungKind } from "./effect.ts";
import { isInteger, isName, isRecord, own } from "./json.ts";

/** Staffed hours as minutes of the local day; `from` after `to` runs past midnight and belongs to the day it began on. */
export type PreparedHours = { zone: string; days: readonly number[]; from: number; to: number };

export type PreparedRung = {
  kind: RungKind | null;
  /** Null: always open. */
  hours: PreparedHours | null;
  /** False for a rung that cannot be read: it keeps its place on the ladder and is never used. */
  usable: boolean;
  answer: Decision["fallback"];
};

export type PreparedLadder = {
  rungs: readonly PreparedRung[];
  /** For each kind of `RUNG_KINDS`, the first position that is at least it; the length of the ladder when there is none. */
  floors: readonly number[];
  /** The first position below every cached answer. */
  qualityFloor: number;
};

/** Where nothing (more) was designed: people do the work without AI. Position -1 is beyond the end of any ladder. */
export const BUILT_IN: Decision["fallback"] = Object.freeze({ rung: "manual", content: "", position: -1 });

/** Reads a raw ladder. Total: not a list is an empty one. */
export function prepareLadder(raw: unknown): PreparedLadder {
  const rungs = (Array.isArray(raw) ? raw : []).map(prepareRung);
  const floors = RUNG_KINDS.map((_, kind) => floorOf(rungs, kind));
  const cached = rungs.findLastIndex((rung) => rung.kind === "cached");
  return { rungs, floors, qualityFloor: cached + 1 };
}

/**
 * The first rung of this kind; where the ladder has none, the first of a kind that is usually safer; where there is none either, its manual
 * rung (what stands in beyond the end of a ladder is manual work too); else beyond the end.
 */
function floorOf(rungs: PreparedRung[], kind: number): number {
  const exact = rungs.findIndex((rung) => rung.kind === RUNG_KINDS[kind]);
  if (exact >= 0) return exact;
  const safer = rungs.findIndex((rung) => rung.kind !== null && RUNG_KINDS.indexOf(rung.kind) > kind);
  if (safer >= 0) return safer;
  const manual = rungs.findIndex((rung) => rung.kind === "manual");
  return manual >= 0 ? manual : rungs.length;
}

function prepareRung(raw: unknown, position: number): PreparedRung {
  const record = isRecord(raw) ? raw : {};
  const kind = RUNG_KINDS.find((known) => known === own(record, "kind")) ?? null;
  const content = own(record, "content");
  const staffed = own(record, "staffed");
  const hours = staffed === undefined ? null : prepareHours(staffed);
  const usable = kind !== null && typeof content === "string" && (staffed === undefined || hours !== null);
  const answer = { rung: kind ?? "manual", content: typeof content === "string" ? content : "", position };
  return { kind, hours, usable, answer: Object.freeze(answer) };
}

/** Hours that cannot be read are no hours: nobody is there. */
function prepareHours(raw: unknown): PreparedHours | null {
  if (!isRecord(raw)) return null;
  const zone = own(raw, "zone");
  const days = own(raw, "days");
  const from = minutesOf(own(raw, "from"));
  const to = minutesOf(own(raw, "to"));
  if (!isName(zone) || !Array.isArray(days) || from === null || to === null) return null;
  return { zone, days: days.filter((day) => isInteger(day, 1)), from, to };
}

/** `HH:MM` as minutes of the day, `24:00` being its end; null when it is no time. */
function minutesOf(raw: unknown): number | null {
  if (typeof raw !== "string" || raw.length !== 5 || raw.charAt(2) !== ":") return null;
  const hours = twoDigits(raw, 0);
  const minutes = twoDigits(raw, 3);
  if (!(minutes <= 59 && (hours <= 23 || (hours === 24 && minutes === 0)))) return null;
  return hours * 60 + minutes;
}

function twoDigits(text: string, start: number): number {
  const tens = text.charCodeAt(start) - 48;
  const ones = text.charCodeAt(start + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
