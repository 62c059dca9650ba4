"use client";
import { useState } from "react";
import { type LiftHow, lifting, mayUndo, places, placing, wordsOf } from "#components/emergency/act.ts";
import { useActs } from "#components/emergency/acts.tsx";
import { useLive } from "#components/live/live.tsx";
import { useNow } from "#components/ui/clock.tsx";
import type { SwitchView } from "#lib/services/controls/schema.ts";

/** What a switch is doing and what a click on it does. `expiresAt`: until when a new restriction holds (ISO), null until lifted. */
export function useSwitch(sw: SwitchView, options: { expiresAt?: () => string | null; onAct?: (key: string) => void }) {
  const { environment } = useLive();
  const { actOn, start } = useActs();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const act = actOn(sw.key);
  const busy = act?.phase.name === "sending" || act?.phase.name === "waiting";
  const { active } = sw;

  function lift(how: LiftHow) {
    if (!active) return;
    setAsking(false);
    start(lifting(wordsOf(sw), active, environment, crypto.randomUUID(), how));
    options.onAct?.(sw.key);
  }

  function press() {
    if (busy) return;
    setRefused(null);
    if (!active) {
      if (!sw.place.allowed) return setRefused(sw.place.because);
      const words = wordsOf(sw);
      start(placing(words, words.again, environment, crypto.randomUUID(), options.expiresAt?.() ?? null));
      options.onAct?.(sw.key);
    } else if (mayUndo(active, now)) lift({ undo: true });
    else if (active.lift.allowed) setAsking(true);
    else setRefused(active.lift.because);
  }

  return {
    on: active !== null,
    busy,
    act: act && (act.phase.name !== "done" || places(act) === (active !== null)) ? act : undefined,
    refused,
    asking,
    press,
    cancelAsking: () => setAsking(false),
    liftWithReason: (reason: string) => lift({ undo: false, reason }),
  };
}
