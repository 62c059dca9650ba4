import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MetricsBoard } from "#components/metrics/metrics-board.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { log } from "#lib/log.ts";
import { featureHead } from "#lib/services/features/queries.ts";
import { metricsView } from "#lib/services/metrics/queries.ts";
import { metricsQuery } from "#lib/services/metrics/schema.ts";

type MetricsProps = {
  params: Promise<{ environment: string; feature: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { title: "Metrics" };

export default async function MetricsPage({ params, searchParams }: MetricsProps) {
  const { environment, feature } = await params;
  const path = `/${environment}/features/${feature}/metrics`;
  const asked = await searchParams;
  const opened = typeof asked.metric === "string" ? `?${new URLSearchParams({ metric: asked.metric })}` : "";
  const ctx = await requirePageOperator(environment, `${path}${opened}`);
  if (!(await featureHead(ctx, feature))) notFound();
  const { period, cut, compare } = metricsQuery.shape;
  const query = {
    environment,
    feature,
    period: period.catch("7d").parse(asked.period),
    cut: cut.catch("").parse(asked.cut),
    compare: compare.catch("before").parse(asked.compare),
  };
  // The page stands without its figures and asks for them again by itself.
  const initial = await metricsView(ctx, query).catch((error: unknown) => {
    log.warn({ error, feature, requestId: ctx.requestId }, "the metric page began without figures");
    return null;
  });
  return <MetricsBoard key={feature} feature={feature} initial={initial} initialAt={ctx.now.getTime()} />;
}
