import type { Metadata } from "next";
import { CountedBy } from "#components/settings/counted-by.tsx";
import { RetentionForm } from "#components/settings/retention-form.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { organisationView } from "#lib/services/organisation/queries.ts";
import { KEEP_DAYS } from "#lib/services/organisation/schema.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ environment: string }> }) {
  const { environment } = await params;
  const ctx = await requirePageOperator(environment, `/${environment}/settings`);
  const organisation = await organisationView(ctx);
  return (
    <div className="max-w-3xl space-y-8">
      <header>
        <h1 className="text-xl font-semibold">Settings</h1>
        <p className="text-muted">They hold for every environment of {organisation.name || "this installation"}.</p>
      </header>
      <RetentionForm organisation={organisation} limits={KEEP_DAYS} />
      <CountedBy zone={organisation.zone} currency={organisation.currency} />
    </div>
  );
}
