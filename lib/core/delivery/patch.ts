import type { Ruleset } from "../decision/ruleset.ts";
import { canonicalJson } from "./canonical-json.ts";
import { entitiesOf, hashOfEntities, hashRuleset, headOf, isRecord, remember, sha256Hex } from "./hash.ts";
import { ENTITY_TABLES } from "./tables.ts";
import type { RulesetName, RulesetPatch } from "./wire.ts";

type Table = Record<string, unknown>;

/**
 * What turns one ruleset into another, entity by entity. `serverTime` (epoch ms) is whoever sends it's to set.
 * The loaded bits of membership filters are never in it: their blob's name is.
 */
export function diffRulesets(before: Ruleset, after: Ruleset, serverTime = 0): RulesetPatch {
  const old = hashRuleset(before);
  const next = hashRuleset(after, before);
  const changed = [...entitiesOf(after)].filter(
    ([address]) => old.entities.get(address) !== next.entities.get(address),
  );
  return {
    kind: "patch",
    from: { epoch: before.epoch, version: before.version },
    to: { epoch: after.epoch, version: after.version },
    hash: next.hash,
    set: Object.fromEntries(changed),
    removed: [...old.entities.keys()].filter((address) => !next.entities.has(address)),
    serverTime,
  };
}

/**
 * Applies a patch and returns a new ruleset, sharing every untouched entity with the old one, or null when anything does not fit: another `from`,
 * a version that does not rise within its epoch, an address that cannot be, or a hash that the result does not have. Then fetch the whole.
 * Never throws. Hashes only what the patch touches, when the ruleset itself was hashed before.
 */
export function applyPatch(ruleset: Ruleset, patch: RulesetPatch): Ruleset | null {
  try {
    return isWellFormed(patch) && follows(ruleset, patch) ? patched(ruleset, patch) : null;
  } catch {
    return null; // Nesting too deep for the stack: as malformed as any other mismatch.
  }
}

function isName(value: unknown): value is RulesetName {
  return isRecord(value) && typeof value.epoch === "string" && Number.isSafeInteger(value.version);
}

function isWellFormed(patch: unknown): patch is RulesetPatch {
  return (
    isRecord(patch) &&
    patch.kind === "patch" &&
    isName(patch.from) &&
    isName(patch.to) &&
    typeof patch.hash === "string" &&
    isRecord(patch.set) &&
    Array.isArray(patch.removed) &&
    patch.removed.every((address) => typeof address === "string")
  );
}

function follows(ruleset: Ruleset, { from, to }: RulesetPatch): boolean {
  if (from.epoch !== ruleset.epoch || from.version !== ruleset.version) return false;
  return to.epoch !== from.epoch || to.version > from.version;
}

/** `table/key` in its two parts; null when it names no entity table. A key may itself hold slashes. */
function parse(address: string): { table: string; key: string } | null {
  const slash = address.indexOf("/");
  const table = ENTITY_TABLES.find((name) => name === address.slice(0, slash));
  return slash < 0 || table === undefined ? null : { table, key: address.slice(slash + 1) };
}

function patched(ruleset: Ruleset, patch: RulesetPatch): Ruleset | null {
  const entities = new Map(hashRuleset(ruleset).entities);
  const touched = new Map<string, Map<string, unknown>>();
  const tableOf = (name: string) => {
    const table = touched.get(name) ?? new Map(Object.entries(Reflect.get(ruleset, name) as Table));
    touched.set(name, table);
    return table;
  };

  for (const address of patch.removed) {
    const at = parse(address);
    if (!at || Object.hasOwn(patch.set, address) || !entities.delete(address)) return null;
    tableOf(at.table).delete(at.key);
  }
  for (const [address, entity] of Object.entries(patch.set)) {
    if (entity === undefined) return null;
    // Hashed as it came: bits that somebody slipped into a filter change the hash, because the sender's has none.
    entities.set(address, sha256Hex(canonicalJson(entity)));
    if (address === "head") continue;
    const at = parse(address);
    if (!at) return null;
    const table = tableOf(at.table);
    table.set(at.key, at.table === "filters" ? keepBits(table.get(at.key), entity) : entity);
  }

  const head = Object.hasOwn(patch.set, "head") ? patch.set.head : headOf(ruleset);
  if (!isRecord(head) || head.epoch !== patch.to.epoch || head.version !== patch.to.version) return null;
  const result: Table = { ...head };
  for (const name of ENTITY_TABLES) {
    if (Object.hasOwn(head, name)) return null;
    const table = touched.get(name);
    result[name] = table ? Object.fromEntries(table) : Reflect.get(ruleset, name);
  }
  if (hashOfEntities(entities) !== patch.hash) return null;
  remember(result, { hash: patch.hash, entities });
  return result as Ruleset;
}

/** A filter that still names the same blob keeps the bits that were loaded for it. */
function keepBits(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after) || before.blob !== after.blob || before.bits === undefined) return after;
  return { ...after, bits: before.bits };
}
