"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent } from "react";
import { useLive } from "#components/live/live.tsx";
import { useSide } from "./side.ts";

const link =
  "-mb-px inline-flex h-11 items-center border-b-2 border-transparent px-1 text-sm font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-3 aria-[current=page]:border-accent aria-[current=page]:text-ink";

/** The pages of one feature. Two of them share an address and change places without asking the server. */
export function FeatureNav({ feature }: { feature: string }) {
  const { environment } = useLive();
  const path = usePathname();
  const [side, setSide] = useSide();
  const home = `/${environment}/features/${feature}`;
  const here = path === home ? side : path.slice(home.length + 1);

  function turnTo(next: "controls" | "activity") {
    return (event: MouseEvent) => {
      const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (path !== home || elsewhere) return;
      event.preventDefault();
      void setSide(next);
    };
  }
  const current = (name: string) => (here === name ? ("page" as const) : undefined);
  return (
    <nav aria-label="Pages of this feature" className="mt-5 mb-6 overflow-x-auto border-b">
      <ul className="flex gap-6">
        <li>
          <Link href={home} onClick={turnTo("controls")} aria-current={current("controls")} className={link}>
            Controls
          </Link>
        </li>
        <li>
          <Link href={`${home}/metrics`} aria-current={current("metrics")} className={link}>
            Metrics
          </Link>
        </li>
        <li>
          <Link href={`${home}/readiness`} aria-current={current("readiness")} className={link}>
            Readiness
          </Link>
        </li>
        <li>
          <Link
            href={`${home}?tab=activity`}
            onClick={turnTo("activity")}
            aria-current={current("activity")}
            className={link}
          >
            Activity
          </Link>
        </li>
      </ul>
    </nav>
  );
}
