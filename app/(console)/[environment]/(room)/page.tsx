import type { Metadata } from "next";
import { ControlRoom } from "#components/feature/control-room.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";
import { reasonsIOwe } from "#lib/services/controls/queries.ts";
import { featureVerdicts } from "#lib/services/metrics/queries.ts";

export const metadata: Metadata = { title: "Control room" };

export default async function ControlRoomPage({ params }: { params: Promise<{ environment: string }> }) {
  const { environment } = await params;
  const ctx = await requirePageOperator(environment, `/${environment}`);
  // Figures may be away; the way to a stop may not wait for them.
  const [owed, verdicts] = await Promise.all([reasonsIOwe(ctx), featureVerdicts(ctx).catch(() => null)]);
  return <ControlRoom owed={owed} initialVerdicts={verdicts} />;
}
