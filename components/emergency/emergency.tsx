"use client";
import { useParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useActs } from "./acts.tsx";
import { EmergencyDialog } from "./emergency-dialog.tsx";
import type { EmergencyView } from "./emergency-view.ts";
import { actOfKept, forgetKeptStop, readKeptStop, whatToDoWithKept } from "./kept-stop.ts";

/** In the address while the dialog was asked for before the page's script ran. */
export const OPEN_PARAMETER = "something-is-wrong";

type Emergency = { open: (typed?: string) => void; show: (view: EmergencyView) => void };
const EmergencyContext = createContext<Emergency | null>(null);

/** "Something is wrong", on every page. Also finishes what an expired session interrupted. */
export function EmergencyProvider(props: { person: { email: string }; environmentName: string; children: ReactNode }) {
  const { person, environmentName, children } = props;
  const [isOpen, setOpen] = useState(false);
  const [view, setView] = useState<EmergencyView>({ name: "choose", typed: "" });
  const params = useParams<{ feature?: string }>();
  const { start } = useActs();
  const looked = useRef(false);

  const emergency = useMemo<Emergency>(() => {
    const show = (next: EmergencyView) => {
      setView(next);
      setOpen(true);
    };
    return { show, open: (typed = "") => show({ name: "choose", typed }) };
  }, []);

  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const stop = readKeptStop();
    if (!stop) return askedByAddress() ? emergency.open() : undefined;
    forgetKeptStop();
    if (whatToDoWithKept(stop, person, Date.now()) === "carry-out") {
      start(actOfKept(stop));
      emergency.show({ name: "act", switchKey: stop.words.switchKey, afterSignIn: true });
    } else emergency.show({ name: "kept", stop });
  }, [person, start, emergency]);

  return (
    <EmergencyContext.Provider value={emergency}>
      {children}
      <EmergencyDialog
        open={isOpen}
        onOpenChange={setOpen}
        view={view}
        onView={setView}
        feature={params.feature ?? null}
        environmentName={environmentName}
      />
    </EmergencyContext.Provider>
  );
}

export function useEmergency(): Emergency {
  const emergency = useContext(EmergencyContext);
  if (emergency === null) throw new Error("useEmergency needs an <EmergencyProvider> above it");
  return emergency;
}

/** Whether an early click asked for the dialog; forgets it, so that reloading does not open it again. */
function askedByAddress(): boolean {
  const url = new URL(window.location.href);
  if (!url.searchParams.has(OPEN_PARAMETER)) return false;
  url.searchParams.delete(OPEN_PARAMETER);
  window.history.replaceState(window.history.state, "", url);
  return true;
}
