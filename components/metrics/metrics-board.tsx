"use client";
import { ExportWhoWasAffected } from "#components/evidence/export-who-was-affected.tsx";
import { useLive } from "#components/live/live.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { cn } from "#components/ui/cn.ts";
import { lazily } from "#components/ui/lazily.tsx";
import type { MetricsView, Panel } from "#lib/services/metrics/schema.ts";
import { useOpened, useShown } from "./address.ts";
import { hasNothing } from "./arrange.ts";
import { DataHealth } from "./data-health.tsx";
import { DecidingFamilies, OtherFamilies } from "./families.tsx";
import { LadderSection } from "./ladder-section.tsx";
import { NotTrust } from "./not-trust.tsx";
import { useMetrics } from "./use-metrics.ts";
import { VerdictBox } from "./verdict-box.tsx";
import { ViewControls } from "./view-controls.tsx";

/** Comes with the first metric that is opened, and the drawing in it at the same time. */
const OpenedMetric = lazily(
  () => {
    import("./large-chart.tsx").catch(() => {});
    return import("./opened-metric.tsx").then((module) => module.OpenedMetric);
  },
  <div aria-hidden className="appear-late h-128 rounded border-2 border-accent bg-surface" />,
);

/** Few pages ever need it. */
const NothingYet = lazily(
  () => import("./nothing-yet.tsx").then((module) => module.NothingYet),
  <div aria-hidden className="h-24" />,
);

type MetricsBoardProps = { feature: string; initial: MetricsView | null; initialAt: number };

/** Whether a feature helps or hurts, compared with what, and how sure: the verdict first, then what it rests on. */
export function MetricsBoard({ feature, initial, initialAt }: MetricsBoardProps) {
  const { environment } = useLive();
  const [shown] = useShown();
  const [{ metric: opened }, setOpened] = useOpened();
  const { view, updatedAt, trouble, turning, askAgain } = useMetrics(
    { environment, feature, ...shown },
    initial,
    initialAt,
  );
  const close = (key: string) => {
    void setOpened({ metric: null, view: null });
    document.getElementById(`tile-${key}`)?.focus();
  };
  const families = view && {
    view,
    opened,
    onOpen: (key: string) => (key === opened ? close(key) : void setOpened({ metric: key })),
    large: (panel: Panel) => (
      <OpenedMetric key={panel.key} view={view} panel={panel} onClose={() => close(panel.key)} />
    ),
  };
  return (
    <div className="space-y-6" aria-busy={turning || undefined}>
      <ViewControls cuts={view?.cuts ?? []}>
        {view && (
          <div className="col-span-2 sm:ml-auto">
            <ExportWhoWasAffected environment={environment} feature={feature} from={view.from} to={view.to} />
          </div>
        )}
      </ViewControls>
      {!families && (
        <Callout tone="harm" announce title="The figures could not be read just now.">
          <p>Nothing was lost: events are kept and counted. They are asked for again by themselves.</p>
          <Button onClick={askAgain} className="mt-2">
            Ask again now
          </Button>
        </Callout>
      )}
      {families && (
        <div className={cn("space-y-8 transition-opacity duration-100", turning && "opacity-60")}>
          <div className="space-y-4">
            <VerdictBox view={families.view} />
            <DataHealth health={families.view.health} updatedAt={updatedAt} trouble={trouble} />
            <NotTrust beside={families.view.beside} onOpen={families.onOpen} />
          </div>
          {hasNothing(families.view.panels) ? (
            <NothingYet query={families.view.query} />
          ) : (
            <>
              <DecidingFamilies {...families} />
              <LadderSection view={families.view} />
              <OtherFamilies {...families} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
