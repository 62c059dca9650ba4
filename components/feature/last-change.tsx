"use client";
import { History } from "lucide-react";
import { Moment } from "#components/ui/moment.tsx";
import type { FeatureCard } from "#lib/services/features/schema.ts";

/** Who changed what last, and when. */
export function LastChange({ change }: { change: FeatureCard["lastChange"] }) {
  if (!change) return null;
  return (
    <p className="flex items-start gap-1.5 text-sm text-muted">
      <History aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        {change.sentence.replace(/\.$/, "")}, <Moment at={change.at} />
      </span>
    </p>
  );
}
