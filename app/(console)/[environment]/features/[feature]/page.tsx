import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ControlsPanel } from "#components/control/controls-panel.tsx";
import { ActivityList } from "#components/feature/activity-list.tsx";
import { FeatureSides } from "#components/feature/feature-sides.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { featureActivity } from "#lib/services/audit/queries.ts";
import { featurePage } from "#lib/services/features/queries.ts";
import { controlEffects } from "#lib/services/metrics/queries.ts";

type FeatureProps = { params: Promise<{ environment: string; feature: string }> };

/** Once for the title and the page. */
const load = cache(async (environment: string, feature: string) => {
  const ctx = await requirePageOperator(environment, `/${environment}/features/${feature}`);
  const [page, activity] = await Promise.all([featurePage(ctx, feature), featureActivity(ctx, feature, 200)]);
  if (!page) notFound();
  const active = page.switches.flatMap((each) => each.active?.id ?? []);
  return { page, activity, effects: await controlEffects(ctx, active) };
});

export async function generateMetadata({ params }: FeatureProps): Promise<Metadata> {
  const { environment, feature } = await params;
  return { title: (await load(environment, feature)).page.feature.name };
}

export default async function FeatureRoute({ params }: FeatureProps) {
  const { environment, feature } = await params;
  const { page, activity, effects } = await load(environment, feature);
  return (
    <FeatureSides
      controls={<ControlsPanel key={feature} feature={feature} initial={page.switches} effects={effects} />}
      activity={<ActivityList entries={activity} />}
    />
  );
}
