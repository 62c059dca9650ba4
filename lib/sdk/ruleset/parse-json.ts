/** Characters parsed between two pauses: well under a millisecond of `JSON.parse`. */
const SLICE_CHARS = 65_536;

/** Deep enough for `ruleset` -> table -> entity; what lies below is small and parsed in one go. */
const DEPTH = 3;

const STRUCTURE = /["{}[\]]/g;

/**
 * `JSON.parse` that pauses between entities, because a ruleset of 500 features has some 3 MB and would hold the host's event loop for 20 ms.
 * The same values and, for malformed text, a SyntaxError; only objects of the first levels are walked, every entity is `JSON.parse`d.
 */
export function* parseJson(text: string): Generator<void, unknown> {
  const state = { text, at: 0, paused: 0 };
  const value = yield* parseValue(state, DEPTH);
  skipSpace(state);
  if (state.at < text.length) throw new SyntaxError(`unexpected text after the JSON at ${state.at}`);
  return value;
}

type State = { text: string; at: number; paused: number };

function* parseValue(state: State, depth: number): Generator<void, unknown> {
  skipSpace(state);
  if (depth > 0 && state.text[state.at] === "{") return yield* parseObject(state, depth);
  const end = endOfValue(state.text, state.at);
  const value: unknown = JSON.parse(state.text.slice(state.at, end));
  state.at = end;
  if (state.at - state.paused > SLICE_CHARS) {
    state.paused = state.at;
    yield;
  }
  return value;
}

function* parseObject(state: State, depth: number): Generator<void, Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  state.at++;
  skipSpace(state);
  if (state.text[state.at] === "}") {
    state.at++;
    return fields;
  }
  for (;;) {
    skipSpace(state);
    if (state.text[state.at] !== '"') throw new SyntaxError(`expected a field's name at ${state.at}`);
    const end = endOfString(state.text, state.at);
    const name = JSON.parse(state.text.slice(state.at, end)) as string;
    state.at = end;
    expect(state, ":");
    const value = yield* parseValue(state, depth - 1);
    // As JSON.parse does it: an own field, also for `__proto__`.
    Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
    skipSpace(state);
    if (state.text[state.at] === ",") {
      state.at++;
      continue;
    }
    expect(state, "}");
    return fields;
  }
}

function skipSpace(state: State): void {
  while (state.at < state.text.length && " \t\n\r".includes(state.text.charAt(state.at))) state.at++;
}

function expect(state: State, character: string): void {
  skipSpace(state);
  if (state.text[state.at] !== character) throw new SyntaxError(`expected ${character} at ${state.at}`);
  state.at++;
}

/** Index after the closing quote of the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === "\\") before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  throw new SyntaxError(`a string that begins at ${from} does not end`);
}

/** Index after the value that begins at `from`; whether it is well formed is for `JSON.parse` to say. */
function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== "{" && first !== "[") {
    let end = from;
    while (end < text.length && !",}] \t\n\r".includes(text.charAt(end))) end++;
    return end;
  }
  let depth = 0;
  STRUCTURE.lastIndex = from;
  for (let found = STRUCTURE.exec(text); found; found = STRUCTURE.exec(text)) {
    if (found[0] === '"') STRUCTURE.lastIndex = endOfString(text, found.index);
    else depth += found[0] === "{" || found[0] === "[" ? 1 : -1;
    if (depth === 0) return found.index + 1;
  }
  throw new SyntaxError(`a value that begins at ${from} does not end`);
}
