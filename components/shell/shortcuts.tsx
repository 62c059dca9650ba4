"use client";
import { usePathname, useRouter } from "next/navigation";
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useEmergency } from "#components/emergency/emergency.tsx";
import { useLive } from "#components/live/live.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import { addressOf, type Command, readKey, typesText } from "./keys.ts";
import { useLetterKeys } from "./letter-keys.ts";
import { PaletteWaiting } from "./palette-waiting.tsx";

// Both come with the first touch of the page, or when they are asked for.
const loadPalette = () => import("./palette.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const HelpDialog = lazily(() => import("./help-dialog.tsx").then((help) => help.HelpDialog));

type Shortcuts = { openPalette: () => void; openHelp: () => void };
const ShortcutsContext = createContext<Shortcuts | null>(null);

/** Everything by keyboard: Ctrl/Cmd-K, `g` then a letter, `?`, `!`. Letters can be turned off (WCAG 2.1.4). */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<"palette" | "help" | null>(null);
  const [typed, setTyped] = useState("");
  const [lettersOn] = useLetterKeys();
  const lastG = useRef(Number.NEGATIVE_INFINITY);
  const router = useRouter();
  const path = usePathname();
  const { environment, features } = useLive();
  const emergency = useEmergency();

  const perform = (command: Command) => {
    if (command === "palette" || command === "help") setShown(command);
    else if (command === "emergency") emergency.open();
    else {
      const address = addressOf(command, { environment, path, first: features[0]?.key });
      if (address) router.push(address);
    }
  };
  const performRef = useRef(perform);
  useEffect(() => {
    performRef.current = perform;
  });

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const afterG = event.timeStamp - lastG.current < 1500;
      const modal = document.querySelector("dialog[open]") !== null;
      const read = readKey(event, { afterG, letters: lettersOn && !modal && !typesText(event.target) });
      lastG.current = read === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (read === null || read === "g") return;
      event.preventDefault();
      performRef.current(read);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [lettersOn]);

  useEffect(() => {
    const early = () => void loadPalette().catch(() => {});
    const events = ["pointerdown", "keydown"] as const;
    for (const event of events) window.addEventListener(event, early, { once: true });
    return () => {
      for (const event of events) window.removeEventListener(event, early);
    };
  }, []);

  const value = useMemo(() => ({ openPalette: () => setShown("palette"), openHelp: () => setShown("help") }), []);
  const close = (open: boolean) => {
    if (open) return;
    setShown(null);
    setTyped("");
  };
  const frame = { onOpenChange: close, typed, onType: setTyped };
  return (
    <ShortcutsContext.Provider value={value}>
      {children}
      {shown === "palette" && (
        <Suspense fallback={<PaletteWaiting {...frame} />}>
          <Palette {...frame} onHelp={() => setShown("help")} />
        </Suspense>
      )}
      {shown === "help" && <HelpDialog open onOpenChange={close} />}
    </ShortcutsContext.Provider>
  );
}

export function useShortcuts(): Shortcuts {
  const shortcuts = useContext(ShortcutsContext);
  if (shortcuts === null) throw new Error("useShortcuts needs a <ShortcutsProvider> above it");
  return shortcuts;
}
