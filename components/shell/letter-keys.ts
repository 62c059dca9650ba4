"use client";
import { useSyncExternalStore } from "react";

const KEY = "evenkeel.letter-keys";
const CHANGED = "evenkeel:letter-keys";

function subscribe(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  window.addEventListener("storage", changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener("storage", changed);
  };
}

/** Whether single letters are shortcuts in this browser; people who speak to their computer turn them off. */
export function useLetterKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(KEY) !== "off",
    () => true,
  );
  return [
    on,
    (next) => {
      localStorage.setItem(KEY, next ? "on" : "off");
      window.dispatchEvent(new Event(CHANGED));
    },
  ];
}
