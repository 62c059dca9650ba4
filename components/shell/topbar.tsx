"use client";
import { Search } from "lucide-react";
import { EmergencyButton } from "#components/emergency/emergency-button.tsx";
import { Freshness } from "#components/live/freshness.tsx";
import { Button } from "#components/ui/button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { PersonMenu } from "./person-menu.tsx";
import type { PersonView } from "./person-view.ts";
import { useShortcuts } from "./shortcuts.tsx";
import { Mark } from "./wordmark.tsx";

/** The same things at the same places on every page. */
export function Topbar({ person }: { person: PersonView }) {
  const { openPalette, openHelp } = useShortcuts();
  return (
    <header className="sticky top-9 z-20 border-b bg-surface">
      <div className="flex h-14 items-center gap-3 px-4 lg:px-8">
        <span className="lg:hidden">
          <Mark />
        </span>
        <div className="min-w-0 flex-1">
          <Freshness />
        </div>
        <Button tone="quiet" className="max-sm:w-10 max-sm:px-0" onClick={openPalette}>
          <Search aria-hidden size={18} />
          <span className="text-muted max-sm:sr-only">Search</span>
          <span className="hidden sm:block">
            <Kbd>Ctrl K</Kbd>
          </span>
        </Button>
        <PersonMenu person={person} onHelp={openHelp} />
        <EmergencyButton className="hidden sm:block" />
      </div>
    </header>
  );
}
