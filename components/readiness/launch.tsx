"use client";
import { CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { launchFeatureAction } from "#lib/services/measurement/actions.ts";
import type { ReadinessView } from "#lib/services/measurement/schema.ts";

type LaunchProps = {
  feature: { key: string; name: string };
  readiness: Pick<ReadinessView, "ready" | "launched" | "mayLaunch">;
  environmentName: string;
};

/** Turns the feature on where everything holds; otherwise says why not. */
export function Launch({ feature, readiness, environmentName }: LaunchProps) {
  const { environment, refresh } = useLive();
  const router = useRouter();
  const [failed, setFailed] = useState<string | null>(null);
  const [launching, startLaunching] = useTransition();
  if (readiness.launched) {
    return (
      <p className="flex items-start gap-2">
        <CircleCheck aria-hidden size={20} className="mt-0.5 shrink-0 text-serving" />
        {feature.name} was launched in {environmentName} already. This list shows what it rests on.
      </p>
    );
  }
  if (!readiness.ready) {
    return <p className="text-muted">It can be launched in {environmentName} once every line holds.</p>;
  }
  if (!readiness.mayLaunch.allowed) {
    return <Callout title="Everything holds, but you cannot launch it alone.">{readiness.mayLaunch.because}</Callout>;
  }

  function launch() {
    if (launching) return;
    startLaunching(async () => {
      const result = await launchFeatureAction({ environment, feature: feature.key });
      setFailed(result?.serverError?.message ?? (result?.data ? null : "Nothing was changed."));
      refresh();
      router.refresh();
    });
  }
  return (
    <div className="space-y-3">
      <p>
        Launching turns {feature.name} on in {environmentName} for whoever its launch group lets in. It can be stopped
        again with two clicks, at any time.
      </p>
      {failed && (
        <Callout announce tone="harm" title="It was not launched.">
          {failed}
        </Callout>
      )}
      <Button tone="primary" onClick={launch} aria-disabled={launching || undefined}>
        {launching ? "Launching…" : `Launch ${feature.name} in ${environmentName}`}
      </Button>
    </div>
  );
}
