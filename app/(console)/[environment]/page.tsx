import type { Metadata } from "next";
import { ControlRoom } from "#components/feature/control-room.tsx";
import { requirePageOperator } from "#lib/auth/require-page-operator.ts";

export const metadata: Metadata = { title: "Control room" };

export default async function ControlRoomPage({ params }: { params: Promise<{ environment: string }> }) {
  const { environment } = await params;
  await requirePageOperator(environment, `/${environment}`);
  return <ControlRoom />;
}
