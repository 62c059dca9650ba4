import { isRecord } from "./shape.ts";

const SLICE_CHARS = 65_536;

/** `JSON.stringify` for a ruleset inside an envelope, in pieces and with pauses between entities. */
export function* writeJson(value: unknown, depth = 3): Generator<void, string> {
  const pieces: string[] = [];
  yield* write(value, depth, pieces, { chars: 0 });
  return pieces.join("");
}

function* write(value: unknown, depth: number, pieces: string[], slice: { chars: number }): Generator<void, void> {
  if (depth === 0 || !isRecord(value)) {
    const text = JSON.stringify(value) ?? "null";
    pieces.push(text);
    slice.chars += text.length;
    if (slice.chars > SLICE_CHARS) {
      slice.chars = 0;
      yield;
    }
    return;
  }
  let separator = "{";
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    pieces.push(separator, JSON.stringify(name), ":");
    yield* write(field, depth - 1, pieces, slice);
    separator = ",";
  }
  pieces.push(separator === "{" ? "{}" : "}");
}
