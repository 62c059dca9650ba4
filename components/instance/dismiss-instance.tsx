"use client";
import { useState, useTransition } from "react";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { dismissInstanceAction } from "#lib/services/instances/actions.ts";
import type { InstanceView } from "#lib/services/instances/schema.ts";

/** Takes a server that is gone for good off the list of those a proof waits for. It comes back by itself if it is heard from. */
export function DismissInstance({ instance }: { instance: InstanceView }) {
  const { environment, refresh } = useLive();
  const [pending, startTransition] = useTransition();
  const [failed, setFailed] = useState<string | null>(null);
  function dismiss() {
    if (pending) return;
    startTransition(async () => {
      const result = await dismissInstanceAction({ environment, id: instance.id });
      setFailed(result?.serverError?.message ?? null);
      refresh();
    });
  }
  return (
    <div className="shrink-0 text-right">
      <Button size="small" onClick={dismiss} aria-disabled={pending || undefined}>
        {pending ? "Dismissing…" : "It is gone for good"}
      </Button>
      {failed && (
        <p role="alert" className="mt-1 max-w-48 text-stopped">
          {failed}
        </p>
      )}
    </div>
  );
}
