"use client";
import { OctagonAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { OPEN_PARAMETER, useEmergency } from "./emergency.tsx";

/**
 * The same words at the same place on every page. Until the page's script runs it is a plain form that loads the page with the
 * dialog open, so that not even the earliest click is lost.
 */
export function EmergencyButton({ className, large }: { className?: string; large?: boolean }) {
  const { open } = useEmergency();
  return (
    <form
      method="get"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <Button
        type="submit"
        name={OPEN_PARAMETER}
        value="yes"
        tone="stop"
        size={large ? "large" : "medium"}
        className="w-full"
      >
        <OctagonAlert aria-hidden size={large ? 22 : 18} />
        Something is wrong
      </Button>
    </form>
  );
}
