export type Place = "home" | "feature" | "metrics" | "readiness" | "activity" | "settings";
export type Command = "palette" | "help" | "emergency" | Place;

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const AFTER_G: Record<string, Place> = {
  h: "home",
  f: "feature",
  m: "metrics",
  r: "readiness",
  a: "activity",
  s: "settings",
};

/** The address of a place. `path`: where one is now; its feature is meant, or else the first. Null when there is no feature to go to. */
export function addressOf(place: Place, at: { environment: string; path: string; first?: string }): string | null {
  const home = `/${at.environment}`;
  if (place === "home") return home;
  if (place === "settings") return `${home}/settings`;
  const feature = at.path.split("/features/")[1]?.split("/")[0] || at.first;
  if (!feature) return null;
  const page = `${home}/features/${feature}`;
  if (place === "feature") return page;
  return place === "activity" ? `${page}?tab=activity` : `${page}/${place}`;
}

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
