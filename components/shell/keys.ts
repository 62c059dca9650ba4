export type Command = "palette" | "help" | "emergency" | "home" | "feature" | "activity";

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const AFTER_G: Record<string, Command> = { h: "home", f: "feature", a: "activity" };

/**
 * What a key press asks for; `"g"` when it begins a pair. `letters`: whether keys without Ctrl or Cmd count now (not
 * while somebody types, not when turned off).
 */
export function readKey(event: Key, state: { afterG: boolean; letters: boolean }): Command | "g" | null {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return key.toLowerCase() === "k" ? "palette" : null;
  if (!state.letters || event.altKey) return null;
  if (state.afterG) return AFTER_G[key] ?? null;
  if (key === "?") return "help";
  if (key === "!") return "emergency";
  return key === "g" ? "g" : null;
}

/** Whether letters typed at this element are text. */
export function typesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
