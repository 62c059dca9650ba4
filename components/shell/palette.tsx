"use client";
import { Command } from "cmdk";
import { ArrowRight, OctagonAlert, Settings2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useRef } from "react";
import { useEmergency } from "#components/emergency/emergency.tsx";
import { useSwitches } from "#components/emergency/switches.ts";
import { useLive } from "#components/live/live.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type Entry, GROUPS, searchEntries } from "./palette-entries.ts";
import { PALETTE_FIELD, type PaletteFrameProps } from "./palette-waiting.tsx";

type PaletteProps = PaletteFrameProps & { onHelp: () => void };

const ICON = { go: ArrowRight, stop: OctagonAlert, settings: Settings2 } as const;
const ORDER = ["go", "stop", "settings"] as const;

function useEntries(onHelp: () => void): Entry[] {
  const router = useRouter();
  const { environment, features } = useLive();
  const { resolvedTheme, setTheme } = useTheme();
  const emergency = useEmergency();
  const switches = useSwitches(null).data ?? [];
  const dark = resolvedTheme === "dark";
  const home = `/${environment}`;
  return [
    { group: "go", label: "Control room", act: () => router.push(home) },
    ...features.flatMap(({ key, name }): Entry[] => {
      const page = `${home}/features/${key}`;
      return [
        { group: "go", label: name, act: () => router.push(page) },
        { group: "go", label: `${name}: metrics`, act: () => router.push(`${page}/metrics`) },
        { group: "go", label: `${name}: readiness`, act: () => router.push(`${page}/readiness`) },
      ];
    }),
    { group: "go", label: "Settings", act: () => router.push(`${home}/settings`) },
    { group: "stop", label: "Something is wrong", act: () => emergency.open() },
    ...switches.map(({ sentence }): Entry => ({ group: "stop", label: sentence, act: () => emergency.open(sentence) })),
    {
      group: "settings",
      label: dark ? "Light theme" : "Dark theme",
      act: () => setTheme(dark ? "light" : "dark"),
    },
    { group: "settings", label: "Keyboard help", act: onHelp },
  ];
}

/** Everything one can go to or do, by typing a few letters of it. */
export function Palette({ onOpenChange, typed, onType, onHelp }: PaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  const found = searchEntries(useEntries(onHelp), typed);
  function choose(entry: Entry) {
    onOpenChange(false);
    entry.act();
  }
  return (
    <Dialog open onOpenChange={onOpenChange} title="Search" initialFocus={input}>
      <Command label="Search and go" loop shouldFilter={false}>
        <div className="border-b px-5 py-3 sm:px-6">
          <Command.Input ref={input} value={typed} onValueChange={onType} {...PALETTE_FIELD} />
        </div>
        <Command.List className="max-h-[50vh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-2 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted">
          {found.length === 0 && <p className="px-3 py-6">Nothing here has these words.</p>}
          {ORDER.filter((group) => found.some((entry) => entry.group === group)).map((group) => (
            <Command.Group key={group} heading={GROUPS[group]}>
              {found
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <Item key={entry.label} entry={entry} onSelect={() => choose(entry)} />
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Item({ entry, onSelect }: { entry: Entry; onSelect: () => void }) {
  const Icon = ICON[entry.group];
  return (
    <Command.Item
      value={`${entry.group} ${entry.label}`}
      onSelect={onSelect}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded px-3 py-2 text-sm data-[selected=true]:bg-sunken"
    >
      <Icon aria-hidden size={18} className="shrink-0 text-muted" />
      {entry.label}
    </Command.Item>
  );
}
