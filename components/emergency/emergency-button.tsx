"use client";
import { OctagonAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { useEmergency } from "./emergency.tsx";

/** The same words at the same place on every page. */
export function EmergencyButton({ className, large }: { className?: string; large?: boolean }) {
  const { open } = useEmergency();
  return (
    <Button tone="stop" size={large ? "large" : "medium"} className={cn(className)} onClick={() => open()}>
      <OctagonAlert aria-hidden size={large ? 22 : 18} />
      Something is wrong
    </Button>
  );
}
