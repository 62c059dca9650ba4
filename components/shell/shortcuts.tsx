"use client";
import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useEmergency } from "#components/emergency/emergency.tsx";
import { useLive } from "#components/live/live.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { type Command, readKey, typesText } from "./keys.ts";
import { useLetterKeys } from "./letter-keys.ts";
import { Palette } from "./palette.tsx";

type Shortcuts = { openPalette: () => void; openHelp: () => void };
const ShortcutsContext = createContext<Shortcuts | null>(null);

/** Everything by keyboard: Ctrl/Cmd-K, `g` then a letter, `?`, `!`. Letters can be turned off (WCAG 2.1.4). */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<"palette" | "help" | null>(null);
  const [lettersOn] = useLetterKeys();
  const lastG = useRef(Number.NEGATIVE_INFINITY);
  const router = useRouter();
  const path = usePathname();
  const { environment, features } = useLive();
  const emergency = useEmergency();

  const perform = (command: Command) => {
    if (command === "palette" || command === "help") setShown(command);
    else if (command === "emergency") emergency.open();
    else if (command === "home") router.push(`/${environment}`);
    else {
      const feature = path.split("/features/")[1] ?? features[0]?.key;
      if (feature) router.push(`/${environment}/features/${feature}${command === "activity" ? "?tab=activity" : ""}`);
    }
  };
  const performRef = useRef(perform);
  useEffect(() => {
    performRef.current = perform;
  });

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const afterG = event.timeStamp - lastG.current < 1500;
      const modal = document.querySelector('[role="dialog"]') !== null;
      const read = readKey(event, { afterG, letters: lettersOn && !modal && !typesText(event.target) });
      lastG.current = read === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (read === null || read === "g") return;
      event.preventDefault();
      performRef.current(read);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [lettersOn]);

  const value = useMemo(() => ({ openPalette: () => setShown("palette"), openHelp: () => setShown("help") }), []);
  const close = (open: boolean) => !open && setShown(null);
  return (
    <ShortcutsContext.Provider value={value}>
      {children}
      <Palette open={shown === "palette"} onOpenChange={close} onHelp={() => setShown("help")} />
      <HelpDialog open={shown === "help"} onOpenChange={close} />
    </ShortcutsContext.Provider>
  );
}

export function useShortcuts(): Shortcuts {
  const shortcuts = useContext(ShortcutsContext);
  if (shortcuts === null) throw new Error("useShortcuts needs a <ShortcutsProvider> above it");
  return shortcuts;
}
