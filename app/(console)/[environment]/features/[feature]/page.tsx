import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ControlsPanel } from "#components/control/controls-panel.tsx";
import { ActivityList } from "#components/feature/activity-list.tsx";
import { FeatureHeader } from "#components/feature/feature-header.tsx";
import { FeatureTabs } from "#components/feature/feature-tabs.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { featureActivity } from "#lib/services/audit/queries.ts";
import { featurePage } from "#lib/services/features/queries.ts";

type FeatureProps = { params: Promise<{ environment: string; feature: string }> };

async function load({ params }: FeatureProps) {
  const { environment, feature } = await params;
  const ctx = await requirePageOperator(environment, `/${environment}/features/${feature}`);
  const page = await featurePage(ctx, feature);
  return { page: page ?? notFound(), activity: await featureActivity(ctx, feature, 200) };
}

export async function generateMetadata({ params }: FeatureProps): Promise<Metadata> {
  return { title: (await params).feature };
}

export default async function FeaturePageRoute(props: FeatureProps) {
  const { page, activity } = await load(props);
  return (
    <>
      <FeatureHeader initial={page.feature} description={page.description} />
      <FeatureTabs
        controls={<ControlsPanel feature={page.feature.key} initial={page.switches} />}
        activity={<ActivityList entries={activity} />}
      />
    </>
  );
}
