import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Ruleset } from "../decision/ruleset.ts";
import { canonicalJson } from "./canonical-json.ts";
import { ENTITY_TABLES } from "./tables.ts";

/** A ruleset's hash with the hashes it was made of, by address (`head` or `table/key`). */
export type HashedRuleset = { readonly hash: string; readonly entities: ReadonlyMap<string, string> };

/** Characters of canonical JSON between two pauses of `hashInSlices`: about a third of a millisecond of hashing. */
const SLICE_CHARS = 8_000;

/** Rulesets are immutable, so what was hashed once stays true as long as the object lives. */
const known = new WeakMap<object, HashedRuleset>();

const encoder = new TextEncoder();
/** Reused, so that hashing thousands of entities leaves the host's garbage collector alone. */
let scratch = new Uint8Array(16_384);

/** SHA-256 of a text (UTF-8), 64 lowercase hex digits. */
export function sha256Hex(text: string): string {
  if (text.length * 3 > scratch.length) scratch = new Uint8Array(text.length * 3);
  const { written } = encoder.encodeInto(text, scratch);
  return bytesToHex(sha256(scratch.subarray(0, written)));
}

/** True for what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const tables: ReadonlySet<string> = new Set(ENTITY_TABLES);

/** Whether a top-level field is a table of entities. One that is not an object cannot be addressed and belongs to the head. */
function isTable(name: string, value: unknown): value is Record<string, unknown> {
  return tables.has(name) && isRecord(value);
}

/** Everything of a ruleset that is in no entity table, unknown fields of a newer server included. */
export function headOf(ruleset: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ruleset).filter(([name, value]) => !isTable(name, value)));
}

/** An entity as it is hashed and sent: the loaded bits of a filter are named by its blob and are no part of it. */
export function sentForm(address: string, entity: unknown): unknown {
  if (!address.startsWith("filters/") || !isRecord(entity) || !("bits" in entity)) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([field]) => field !== "bits"));
}

/** Each entity of a ruleset with its address: `["head", ...]`, `["features/reply-assistant", ...]`. */
export function* entitiesOf(ruleset: object): Generator<[address: string, entity: unknown]> {
  yield ["head", headOf(ruleset)];
  for (const [name, value] of Object.entries(ruleset)) {
    if (!isTable(name, value)) continue;
    for (const [key, entity] of Object.entries(value)) {
      if (entity !== undefined) yield [`${name}/${key}`, sentForm(`${name}/${key}`, entity)];
    }
  }
}

/** The hash over entity hashes: SHA-256 of the lines `"address":hash`, sorted by address (addresses as JSON strings, so none can pose as two). */
function* hashOfEntitiesInSlices(entities: ReadonlyMap<string, string>): Generator<void, string> {
  const addresses = [...entities.keys()].sort();
  const hash = sha256.create();
  let lines = "";
  for (const address of addresses) {
    lines += `${JSON.stringify(address)}:${entities.get(address)}\n`;
    if (lines.length < SLICE_CHARS) continue;
    hash.update(utf8ToBytes(lines));
    lines = "";
    yield;
  }
  return bytesToHex(hash.update(utf8ToBytes(lines)).digest());
}

function inOneGo<T>(slices: Generator<void, T>): T {
  let step = slices.next();
  while (!step.done) step = slices.next();
  return step.value;
}

/** The same in one go. */
export function hashOfEntities(entities: ReadonlyMap<string, string>): string {
  return inOneGo(hashOfEntitiesInSlices(entities));
}

/** Keeps what is known about a ruleset's hash for later patches of it. */
export function remember(ruleset: object, hashed: HashedRuleset): HashedRuleset {
  known.set(ruleset, hashed);
  return hashed;
}

/** Hashes of entities by their plain JSON text, so that equal entities of a later ruleset are recognised much faster than they are hashed. */
function hashesByText(ruleset: Ruleset | undefined): (address: string, entity: unknown) => string | undefined {
  const hashed = ruleset && known.get(ruleset);
  if (!hashed) return () => undefined;
  const entities = new Map(entitiesOf(ruleset));
  return (address, entity) => {
    const before = entities.get(address);
    const same = before === entity || JSON.stringify(before) === JSON.stringify(entity);
    return same ? hashed.entities.get(address) : undefined;
  };
}

/**
 * Hashes a ruleset in slices well under 5 ms, pausing (`yield`) between them so that a host's event loop is never held.
 * Afterwards `hashRuleset`, `rulesetHash`, `diffRulesets` and `applyPatch` find its hashes ready. `like`: a ruleset hashed
 * before (usually the previous one), whose equal entities need no hashing again.
 */
export function* hashInSlices(ruleset: Ruleset, like?: Ruleset): Generator<void, HashedRuleset> {
  const ready = known.get(ruleset);
  if (ready) return ready;
  const recognise = hashesByText(like);
  const entities = new Map<string, string>();
  let chars = 0;
  for (const [address, entity] of entitiesOf(ruleset)) {
    const recognised = recognise(address, entity);
    const text = recognised ?? canonicalJson(entity);
    entities.set(address, recognised ?? sha256Hex(text));
    chars += text.length + 100;
    if (chars > SLICE_CHARS) {
      chars = 0;
      yield;
    }
  }
  yield;
  return remember(ruleset, { hash: yield* hashOfEntitiesInSlices(entities), entities });
}

/** The hash of a ruleset with its entity hashes, in one go; kept for as long as the ruleset object lives. `like` as in `hashInSlices`. */
export function hashRuleset(ruleset: Ruleset, like?: Ruleset): HashedRuleset {
  return known.get(ruleset) ?? inOneGo(hashInSlices(ruleset, like));
}

/** SHA-256 (hex) that names the content of a ruleset; the same on every machine, whatever the order of its keys. `like` as in `hashInSlices`. */
export function rulesetHash(ruleset: Ruleset, like?: Ruleset): string {
  return hashRuleset(ruleset, like).hash;
}

/** SHA-256 (hex) of each entity by address (`head` or `table/key`). */
export function entityHashes(ruleset: Ruleset): ReadonlyMap<string, string> {
  return hashRuleset(ruleset).entities;
}
