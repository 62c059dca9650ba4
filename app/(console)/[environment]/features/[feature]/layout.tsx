import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { FeatureHeader } from "#components/feature/feature-header.tsx";
import { FeatureNav } from "#components/feature/feature-nav.tsx";
import { pageOperator } from "#lib/auth/require-page-operator.ts";
import { featureHead } from "#lib/services/features/queries.ts";

type LayoutProps = { children: ReactNode; params: Promise<{ environment: string; feature: string }> };

/** What a feature is doing now, above each of its pages. */
export default async function FeatureLayout({ children, params }: LayoutProps) {
  const { environment, feature } = await params;
  const ctx = await pageOperator(environment);
  if (!ctx) return children;
  const head = (await featureHead(ctx, feature)) ?? notFound();
  return (
    <>
      <FeatureHeader head={head} />
      <FeatureNav feature={feature} />
      {children}
    </>
  );
}
