"use client";
import { useId } from "react";
import { ActProgress } from "#components/emergency/act-progress.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { cn } from "#components/ui/cn.ts";
import { lazily } from "#components/ui/lazily.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import type { ControlEffect } from "#lib/services/metrics/schema.ts";
import { ControlFacts } from "./control-facts.tsx";
import { isStop } from "./layers.ts";
import { RowWords } from "./row-words.tsx";
import { Track } from "./track.tsx";
import { useSwitch } from "./use-switch.ts";

const LiftDialog = lazily(() => import("./lift-dialog.tsx").then((module) => module.LiftDialog));

type SwitchRowProps = {
  sw: SwitchView;
  /** When given, progress is shown there (the dialog) and not in the row, which keeps its height whoever switches it. */
  onAct?: (switchKey: string) => void;
  expiresAt?: () => string | null;
  /** Name of its feature, where switches of several stand together. */
  featureName?: string;
  /** Its proof is the one that screen readers follow. */
  announceProof?: boolean;
  /** What its control did so far. */
  effect?: ControlEffect;
  /** It stands among what is in force, but was lifted since the page was opened. */
  lifted?: boolean;
};

/** A sentence that can be switched on. The whole row is the target; on means that the restriction holds. */
export function SwitchRow({ sw, onAct, expiresAt, featureName, announceProof, effect, lifted }: SwitchRowProps) {
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
        (on || onAct) && "border-l-4",
        on ? (stop ? "border-l-stopped" : "border-l-limited") : onAct && "border-l-transparent",
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
        <RowWords sw={sw} id={`${id}-impact`} featureName={featureName} still={Boolean(onAct)} />
      </div>
      {lifted && !state.act && <p className="px-4 pb-3 text-sm sm:px-5">Lifted since you opened this page.</p>}
      {sw.active && !onAct && (
        <ControlFacts
          control={sw.active}
          effect={effect}
          announceProof={announceProof}
          hideProof={Boolean(state.act)}
        />
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
      {sw.active && state.asking && (
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
