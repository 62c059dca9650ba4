"use client";
import { Gauge, Settings2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { STATE, shownState } from "#components/feature/state.ts";
import { useLive } from "#components/live/live.tsx";
import { cn } from "#components/ui/cn.ts";
import { Wordmark } from "./wordmark.tsx";

const row =
  "flex min-h-10 items-center gap-3 rounded px-3 text-sm hover:bg-sunken aria-[current=page]:bg-sunken aria-[current=page]:font-semibold";

/** Where one can go, and how each feature is, from anywhere. */
export function Sidebar({ className }: { className?: string }) {
  const { environment, features } = useLive();
  const path = usePathname();
  const home = `/${environment}`;
  const settings = `${home}/settings`;
  return (
    <nav aria-label="Main" className={cn("flex-col gap-6 p-4", className)}>
      <Wordmark href={home} />
      <Link href={home} aria-current={path === home ? "page" : undefined} className={row}>
        <Gauge aria-hidden size={18} className="text-muted" />
        Control room
      </Link>
      <div>
        <h2 className="mb-1 px-3 text-sm font-medium text-muted">AI features</h2>
        <ul>
          {features.map((feature) => {
            const { icon: Icon, text, word } = STATE[shownState(feature)];
            const href = `${home}/features/${feature.key}`;
            return (
              <li key={feature.key}>
                <Link href={href} aria-current={isUnder(path, href) ? "page" : undefined} className={row}>
                  <Icon aria-hidden size={18} className={cn("shrink-0", text)} />
                  <span className="min-w-0 flex-1 truncate">{feature.name}</span>
                  <span className="sr-only">{word}</span>
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
      <Link href={settings} aria-current={path === settings ? "page" : undefined} className={cn(row, "mt-auto")}>
        <Settings2 aria-hidden size={18} className="text-muted" />
        Settings
      </Link>
    </nav>
  );
}

function isUnder(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
