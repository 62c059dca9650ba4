"use client";
import { Button } from "#components/ui/button.tsx";
import type { Suspect } from "./suspects.ts";

type LateNewsProps = { suspects: readonly Suspect[] | null; failed: boolean; onAsk: () => void };

/**
 * Where the figures were not known when the list opened: a line of its own height, so that nothing moves when they arrive. What fits them comes first only when
 * the person asks for it, who may be aiming at a row by then.
 */
export function LateNews({ suspects, failed, onAsk }: LateNewsProps) {
  const [first] = suspects ?? [];
  return (
    <div role="status" className="flex h-12 items-center justify-between gap-3 text-sm text-muted">
      {first ? (
        <>
          <p className="line-clamp-2 text-ink">
            <span className="font-semibold">{first.name}</span> stands worse by its figures.
          </p>
          <Button onClick={onAsk}>Show what fits</Button>
        </>
      ) : (
        <p className="line-clamp-2">{sentence(suspects, failed)}</p>
      )}
    </div>
  );
}

function sentence(suspects: readonly Suspect[] | null, failed: boolean): string {
  if (suspects !== null) return "By their figures no feature is worse than before. Figures may be behind what you see.";
  return failed
    ? "The figures cannot be read just now. The stops stand in their usual order."
    : "Reading the figures. The stops stand in their usual order.";
}
