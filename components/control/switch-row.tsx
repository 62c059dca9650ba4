"use client";
import { useId } from "react";
import { ActProgress } from "#components/emergency/act-progress.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { cn } from "#components/ui/cn.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import { ActiveLine, ControlFacts } from "./control-facts.tsx";
import { isStop } from "./layers.ts";
import { LiftDialog } from "./lift-dialog.tsx";
import { Sees } from "./sees.tsx";
import { Track } from "./track.tsx";
import { useSwitch } from "./use-switch.ts";

type SwitchRowProps = {
  sw: SwitchView;
  /** When given, progress is shown there (the dialog) and not in the row. */
  onAct?: (switchKey: string) => void;
  expiresAt?: () => string | null;
  /** Name of its feature, where switches of several stand together. */
  featureName?: string;
  /** Its proof is the one that screen readers follow. */
  announceProof?: boolean;
};

/** A sentence that can be switched on. The whole row is the target; on means that the restriction holds. */
export function SwitchRow({ sw, onAct, expiresAt, featureName, announceProof }: SwitchRowProps) {
  const id = useId();
  const hydrated = useHydrated();
  const state = useSwitch(sw, { onAct, expiresAt });
  const { on, busy } = state;
  const stop = isStop(sw.layer);
  return (
    <li
      className={cn(
        "flow-root border-t first:border-t-0",
        on && (stop ? "bg-stopped-soft" : "bg-limited-soft"),
        on && "border-l-4",
        on && (stop ? "border-l-stopped" : "border-l-limited"),
      )}
    >
      <div className="relative px-4 py-3 has-[button:focus-visible]:outline-3 has-[button:focus-visible]:-outline-offset-3 has-[button:focus-visible]:outline-accent sm:px-5">
        <button
          type="button"
          role="switch"
          aria-checked={on}
          disabled={!hydrated}
          aria-busy={busy || undefined}
          aria-disabled={!on && !sw.place.allowed ? true : undefined}
          aria-labelledby={`${id}-sentence`}
          aria-describedby={`${id}-impact`}
          onClick={state.press}
          className="flex w-full items-start justify-between gap-4 text-left outline-none after:absolute after:inset-0 after:content-['']"
        >
          <span id={`${id}-sentence`} className="pt-0.5 font-medium">
            {sw.sentence}
          </span>
          <Track on={on} stop={stop} busy={busy} />
        </button>
        <p id={`${id}-impact`} className={cn("mt-0.5 max-w-[70ch] text-sm text-muted", onAct && "line-clamp-3")}>
          {featureName && <span>{featureName}. </span>}
          {!on && <span className="font-medium text-ink">{sw.impact.sentence} </span>}
          <Sees sees={on && sw.active ? sw.active.sees : sw.impact.sees} />
          {!on && sw.impact.unknownShare !== null && sw.impact.unknownShare > 0 && (
            <span className="block">{unknownSentence(sw.impact.unknownShare)}</span>
          )}
        </p>
      </div>
      {sw.active && onAct && <ActiveLine control={sw.active} />}
      {sw.active && !onAct && (
        <ControlFacts control={sw.active} announceProof={announceProof} hideProof={Boolean(state.act)} />
      )}
      {state.refused && (
        <Callout
          announce
          className="mx-4 mb-3 sm:mx-5"
          title={on ? "You cannot lift this alone" : "You cannot place this"}
        >
          <p>{state.refused} Nothing was changed.</p>
        </Callout>
      )}
      {state.act && !onAct && <ActProgress act={state.act} className="mx-4 mb-4 sm:mx-5" />}
      {sw.active && (
        <LiftDialog
          control={sw.active}
          open={state.asking}
          onCancel={state.cancelAsking}
          onLift={state.liftWithReason}
        />
      )}
    </li>
  );
}

function unknownSentence(share: number): string {
  const percent = Math.max(1, Math.round(share * 100));
  return `${percent}% of requests do not carry what this asks for, so they count as inside it.`;
}
