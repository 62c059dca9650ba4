"use client";
import { lazily } from "#components/ui/lazily.tsx";
import { WhenNear } from "#components/ui/when-near.tsx";
import type { MetricsView } from "#lib/services/metrics/schema.ts";

/** Below the first screen, so nobody waits for it who does not scroll there. */
const LadderView = lazily(() => import("./ladder-view.tsx").then((module) => module.LadderView));

/** On which rung of the fallback ladder decisions ended, over time; as a table and as a file too. */
export function LadderSection({ view }: { view: MetricsView }) {
  return (
    <section aria-labelledby="ladder">
      <header className="mb-3">
        <h2 id="ladder" className="text-lg font-semibold">
          Who answered
        </h2>
        <p className="text-sm text-muted">On which rung of the fallback ladder decisions ended, of all decisions.</p>
      </header>
      <WhenNear className="min-h-100 sm:min-h-84">
        <LadderView view={view} />
      </WhenNear>
    </section>
  );
}
