import { MetricsSkeleton } from "#components/metrics/metrics-skeleton.tsx";

export default function Loading() {
  return <MetricsSkeleton />;
}
