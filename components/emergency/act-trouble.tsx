"use client";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { type Act, type ActPhase, places } from "./act.ts";
import { useActs } from "./acts.tsx";

/** When a click could not be carried out yet, or will not be: what happened, what was kept, what to do. */
export function ActTrouble({ act, phase }: { act: Act; phase: Exclude<ActPhase, { name: "sending" | "done" }> }) {
  const { retryNow, forget } = useActs();
  if (phase.name === "signed-out") {
    return (
      <Callout announce title="Your session has ended. Taking you to sign-in.">
        {places(act) && <p>Your stop is kept in this tab and carried out once you have signed in.</p>}
      </Callout>
    );
  }
  if (phase.name === "refused") {
    return (
      <Callout announce tone="harm" title="This was not done. Nothing was changed.">
        <p>{phase.detail}</p>
        {phase.requestId && <p className="text-muted">Request {phase.requestId}</p>}
      </Callout>
    );
  }
  const stopWord = localStop(act);
  return (
    <Callout announce tone="harm" title={`${places(act) ? "Not stopped yet." : "Not lifted yet."} ${phase.why}`}>
      <p>{act.sentence}</p>
      <p>
        What you clicked is kept here and sent again by itself every few seconds. Leave this page open. Sending it twice
        does no harm.
      </p>
      {places(act) && stopWord && phase.attempt > 2 && (
        <p>
          If it stays like this, ask an engineer to stop it on the servers themselves:
          <code className="mt-1 block w-fit rounded bg-surface px-1 font-mono break-all">EVENKEEL_STOP={stopWord}</code>
        </p>
      )}
      <div className="flex gap-2 pt-2">
        <Button onClick={retryNow}>Try now</Button>
        <Button tone="quiet" onClick={() => forget(act.id)}>
          Give up this click
        </Button>
      </div>
    </Callout>
  );
}

function localStop(act: Act): string | null {
  const { feature, scenario } = act.again?.params ?? {};
  return feature ? [feature, scenario].filter(Boolean).join(":") : null;
}
