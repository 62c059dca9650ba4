"use client";
import { Gauge } from "lucide-react";
import Link from "next/link";
import { EmergencyButton } from "#components/emergency/emergency-button.tsx";
import { useLive } from "#components/live/live.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";

/** A phone's emergency door, under the thumb. */
export function BottomBar() {
  const { environment } = useLive();
  return (
    <section
      aria-label="Emergency"
      className="fixed inset-x-0 bottom-0 z-20 flex gap-2 border-t bg-surface px-4 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:hidden"
    >
      <Link href={`/${environment}`} aria-label="Control room" className={cn(buttonLook({ size: "icon" }), "size-12")}>
        <Gauge aria-hidden size={22} />
      </Link>
      <EmergencyButton large className="flex-1" />
    </section>
  );
}
