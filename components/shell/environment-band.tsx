"use client";
import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";
import { cn } from "#components/ui/cn.ts";
import { OnDemand } from "#components/ui/on-demand.tsx";
import type { EnvironmentView } from "#lib/services/environments/schema.ts";
import { bandColour, reach } from "./environment.ts";

const load = () => import("./environment-menu-items.tsx");
const Items = lazy(async () => ({ default: (await load()).EnvironmentMenuItems }));

type EnvironmentBandProps = { environment: EnvironmentView; environments: EnvironmentView[] };

/** Where am I: a band in the environment's own colour on every page, which is also the way to the other one. */
export function EnvironmentBand({ environment, environments }: EnvironmentBandProps) {
  return (
    <section
      aria-label="Environment"
      className={cn("sticky top-0 z-30 flex h-9 items-center gap-3 px-4 text-sm text-white", bandColour(environment))}
    >
      <OnDemand
        load={load}
        opened={(trigger) => <Items trigger={trigger} environment={environment} environments={environments} />}
        trigger={
          <button
            type="button"
            aria-haspopup="menu"
            aria-label={`Environment: ${environment.name}. Switch environment`}
            className="-ml-2 inline-flex h-8 items-center gap-1.5 rounded px-2 font-semibold hover:bg-white/15 focus-visible:outline-white"
          >
            {environment.name}
            <ChevronsUpDown aria-hidden size={14} />
          </button>
        }
      />
      <span className="truncate">{reach(environment)}</span>
    </section>
  );
}
