"use client";
import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { cn } from "#components/ui/cn.ts";
import { Menu, MenuChoice, MenuText } from "#components/ui/menu.tsx";
import type { EnvironmentView } from "#lib/services/environments/schema.ts";
import { bandColour, reach } from "./environment.ts";

type EnvironmentBandProps = { environment: EnvironmentView; environments: EnvironmentView[] };

/** Where am I: a band in the environment's own colour on every page, which is also the way to the other one. */
export function EnvironmentBand({ environment, environments }: EnvironmentBandProps) {
  const router = useRouter();
  return (
    <section
      aria-label="Environment"
      className={cn("sticky top-0 z-30 flex h-9 items-center gap-3 px-4 text-sm text-white", bandColour(environment))}
    >
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Environment: ${environment.name}. Switch environment`}
            className="-ml-2 inline-flex h-8 items-center gap-1.5 rounded px-2 font-semibold hover:bg-white/15 focus-visible:outline-white"
          >
            {environment.name}
            <ChevronsUpDown aria-hidden size={14} />
          </button>
        }
      >
        <MenuText>Environment</MenuText>
        <MenuChoice
          label="Environment"
          value={environment.key}
          onChange={(key) => router.push(`/${key}`)}
          choices={environments.map((each) => ({ value: each.key, label: `${each.name} · ${reach(each)}` }))}
        />
      </Menu>
      <span className="truncate">{reach(environment)}</span>
    </section>
  );
}
