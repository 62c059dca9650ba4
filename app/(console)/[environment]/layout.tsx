import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { pageOperator } from "#lib/auth/require-page-operator.ts";
import { listEnvironments } from "#lib/services/environments/queries.ts";
import { liveView } from "#lib/services/features/queries.ts";
import { viewerOf } from "#lib/services/people/present.ts";

type LayoutProps = { children: ReactNode; params: Promise<{ environment: string }> };

export default async function EnvironmentLayout({ children, params }: LayoutProps) {
  const { environment: key } = await params;
  const ctx = await pageOperator(key);
  if (!ctx) return children;
  const [environments, live] = await Promise.all([listEnvironments(ctx), liveView(ctx, [])]);
  const environment = environments.find((each) => each.key === key) ?? notFound();
  return (
    <ConsoleShell
      environment={environment}
      environments={environments}
      person={viewerOf(ctx.actor, ctx.environment)}
      live={live}
    >
      {children}
    </ConsoleShell>
  );
}
