"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useLive } from "#components/live/live.tsx";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import type { Act, ActPhase } from "./act.ts";
import { knock, type Outcome, waitBeforeRetry } from "./doors.ts";
import { keepStop } from "./kept-stop.ts";
import { pause } from "./pause.ts";

type Acts = {
  /** Newest first. */
  acts: Act[];
  /** The newest act on a switch. */
  actOn: (switchKey: string) => Act | undefined;
  /** Sends it, and goes on trying until the server has said yes or no. */
  start: (act: Act) => void;
  retryNow: () => void;
  forget: (id: string) => void;
};

/** Leaving this page would lose the stop, so the person signs in beside it; the next try then carries their session. */
const NOT_KEPT = "Your session has ended, and this browser keeps nothing through sign-in. Sign in in another tab.";

const ActsContext = createContext<Acts | null>(null);

/** Puts what a door answered onto the switches this browser knows, ahead of the next question. */
function applyOutcome(switches: SwitchView[], switchKey: string, { control }: Outcome): SwitchView[] {
  const active = control.liftedAt === null ? control : null;
  return switches.map((each) => (each.key === switchKey ? { ...each, active } : each));
}

/** Carries out clicks. Lives above the pages, so that going elsewhere never abandons a stop under way. */
export function ActsProvider({ person, children }: { person: { email: string }; children: ReactNode }) {
  const [acts, setActs] = useState<Act[]>([]);
  const wake = useRef(new EventTarget());
  const givenUp = useRef(new Set<string>());
  const client = useQueryClient();
  const { refresh } = useLive();

  const advance = useCallback((id: string, phase: ActPhase) => {
    setActs((all) => all.map((act) => (act.id === id ? { ...act, phase } : act)));
  }, []);

  /** Takes a click through sign-in. False when it would be lost on the way, because this browser keeps nothing. */
  const signOut = useCallback(
    (act: Act): boolean => {
      if (act.errand.door === "stop") {
        const input = { ...act.errand.body, expiresAt: act.errand.body.expiresAt ?? null, reason: null };
        const { switchKey, layer, sentence, again } = act;
        const words = { switchKey, layer, sentence, again };
        if (!keepStop({ input, words, by: person.email, at: Date.now() })) return false;
      }
      advance(act.id, { name: "signed-out" });
      const next = `${window.location.pathname}${window.location.search}`;
      window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
      return true;
    },
    [advance, person.email],
  );

  const deliver = useCallback(
    async (act: Act) => {
      for (let attempt = 1; ; attempt++) {
        advance(act.id, { name: "sending", attempt });
        const reply = await knock(act.errand);
        if (reply.kind === "signed-out" && signOut(act)) return;
        if (reply.kind === "refused") {
          return advance(act.id, { name: "refused", detail: reply.detail, requestId: reply.requestId });
        }
        if (reply.kind === "done") {
          advance(act.id, { name: "done", outcome: reply.outcome });
          // The other switches are as old as they were, so what is known is heard no later.
          for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: ["switches"] })) {
            client.setQueryData<SwitchView[]>(
              queryKey,
              (all) => all && applyOutcome(all, act.switchKey, reply.outcome),
              { updatedAt: state.dataUpdatedAt },
            );
          }
          return refresh();
        }
        advance(act.id, { name: "waiting", attempt, why: reply.kind === "away" ? reply.detail : NOT_KEPT });
        await pause(waitBeforeRetry(attempt), wake.current);
        if (givenUp.current.has(act.id)) return;
      }
    },
    [advance, signOut, client, refresh],
  );

  const value = useMemo<Acts>(
    () => ({
      acts,
      actOn: (switchKey) => acts.find((act) => act.switchKey === switchKey),
      start: (act) => {
        setActs((all) => [act, ...all.filter((each) => each.id !== act.id)]);
        void deliver(act);
      },
      retryNow: () => wake.current.dispatchEvent(new Event("wake")),
      forget: (id) => {
        givenUp.current.add(id);
        setActs((all) => all.filter((act) => act.id !== id));
      },
    }),
    [acts, deliver],
  );
  return <ActsContext.Provider value={value}>{children}</ActsContext.Provider>;
}

export function useActs(): Acts {
  const acts = useContext(ActsContext);
  if (acts === null) throw new Error("useActs needs an <ActsProvider> above it");
  return acts;
}
