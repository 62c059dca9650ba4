"use client";
import { Button } from "#components/ui/button.tsx";
import { useActs } from "./acts.tsx";
import { actOfKept, type KeptStop } from "./kept-stop.ts";

type KeptOfferProps = { stop: KeptStop; onAct: (switchKey: string) => void; onLeave: () => void };

/** A stop clicked before sign-in, by somebody else at this desk or a while ago: it is offered, not carried out. */
export function KeptOffer({ stop, onAct, onLeave }: KeptOfferProps) {
  const { start } = useActs();
  return (
    <div className="space-y-4 px-5 py-5 sm:px-6">
      <p>
        {stop.by} clicked this stop in this tab, but was signed out before it took effect. It has not been carried out.
      </p>
      <p className="text-lg font-semibold">{stop.words.sentence}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          tone="stop"
          onClick={() => {
            start(actOfKept(stop));
            onAct(stop.words.switchKey);
          }}
        >
          Carry it out now
        </Button>
        <Button onClick={onLeave}>Leave it</Button>
      </div>
    </div>
  );
}
