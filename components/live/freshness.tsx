"use client";
import { WifiOff } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { wallTime } from "#components/ui/relative-time.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { useLive } from "./live.tsx";

/** Whether the screen can be believed right now. Always in the same place, so nothing moves when it changes. */
export function Freshness() {
  const { heardAt, away } = useLive();
  const hydrated = useHydrated();
  const path = usePathname();
  if (away === "no" || !hydrated) {
    return <p className="hidden text-sm text-muted lg:block">{hydrated ? "Updating live" : "Connecting"}</p>;
  }
  return (
    <p role="alert" className="flex items-center gap-2 text-sm font-medium text-ink">
      <WifiOff aria-hidden size={16} className="shrink-0" />
      <span>
        Not updated since <time className="tabular">{wallTime(heardAt)}</time>.{" "}
        {away === "signed-out" ? (
          <Link href={`/sign-in?next=${encodeURIComponent(path)}`} className="underline">
            You are signed out. Sign in again
          </Link>
        ) : (
          "Trying again."
        )}
      </span>
    </p>
  );
}
