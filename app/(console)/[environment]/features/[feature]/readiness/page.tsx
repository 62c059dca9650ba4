import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Checklist } from "#components/readiness/checklist.tsx";
import { Launch } from "#components/readiness/launch.tsx";
import { MeasurementForm } from "#components/readiness/measurement-form.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { RUNG_SHARES } from "#lib/core/metrics/definitions/rungs.ts";
import { METRICS } from "#lib/core/metrics/definitions.ts";
import { featureHead } from "#lib/services/features/queries.ts";
import { measurementView, readinessView } from "#lib/services/measurement/queries.ts";

export const metadata: Metadata = { title: "Readiness" };

type ReadinessProps = { params: Promise<{ environment: string; feature: string }> };

const choices = METRICS.filter(({ family }) => family !== "activity").map((metric) => {
  const { key, family, name, sentence } = metric;
  return { key, family, name, sentence, seldom: RUNG_SHARES.includes(metric) };
});

export default async function ReadinessPage({ params }: ReadinessProps) {
  const { environment, feature } = await params;
  const ctx = await requirePageOperator(environment, `/${environment}/features/${feature}/readiness`);
  const head = (await featureHead(ctx, feature)) ?? notFound();
  const [readiness, measurement] = await Promise.all([readinessView(ctx, feature), measurementView(ctx, feature)]);
  return (
    <div className="max-w-4xl space-y-10">
      <Checklist readiness={readiness}>
        <Launch feature={head} readiness={readiness} environmentName={ctx.environment.name} />
      </Checklist>
      <MeasurementForm key={feature} view={measurement} choices={choices} />
    </div>
  );
}
