"use client";
import { CircleUserRound } from "lucide-react";
import { lazy } from "react";
import { Button } from "#components/ui/button.tsx";
import { OnDemand } from "#components/ui/on-demand.tsx";
import type { PersonView } from "./person-view.ts";

const load = () => import("./person-menu-items.tsx");
const Items = lazy(async () => ({ default: (await load()).PersonMenuItems }));

/** Who is signed in, the theme, help, the way out. */
export function PersonMenu({ person, onHelp }: { person: PersonView; onHelp: () => void }) {
  return (
    <OnDemand
      load={load}
      opened={(trigger) => <Items trigger={trigger} person={person} onHelp={onHelp} />}
      trigger={
        <Button
          tone="quiet"
          aria-haspopup="menu"
          aria-label={`${person.name}: theme, help, sign out`}
          className="max-sm:w-10 max-sm:px-0"
        >
          <CircleUserRound aria-hidden size={20} />
          <span className="hidden sm:inline">{person.name}</span>
        </Button>
      }
    />
  );
}
