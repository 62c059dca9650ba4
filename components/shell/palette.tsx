"use client";
import { Command } from "cmdk";
import { Gauge, Keyboard, Moon, OctagonAlert, Sparkles, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useRef } from "react";
import { useEmergency } from "#components/emergency/emergency.tsx";
import { useSwitches } from "#components/emergency/switches.ts";
import { useLive } from "#components/live/live.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void; onHelp: () => void };

/** Everything one can go to or do, by typing a few letters of it. */
export function Palette({ open, onOpenChange, onHelp }: PaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const { environment, features } = useLive();
  const { resolvedTheme, setTheme } = useTheme();
  const emergency = useEmergency();
  const switches = useSwitches(null).data ?? [];
  const then = (what: () => void) => () => {
    onOpenChange(false);
    what();
  };
  const dark = resolvedTheme === "dark";
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search" initialFocus={input}>
      <Command label="Search and go" loop>
        <div className="border-b px-5 py-3 sm:px-6">
          <Command.Input
            ref={input}
            placeholder="Type a feature, a stop, a setting"
            className="h-11 w-full rounded border border-edge bg-surface px-3 text-base placeholder:text-muted"
          />
        </div>
        <Command.List className="max-h-[50vh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-2 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted">
          <Command.Empty className="px-3 py-6">Nothing here has these words.</Command.Empty>
          <Command.Group heading="Go to">
            <Item icon={<Gauge aria-hidden size={18} />} onSelect={then(() => router.push(`/${environment}`))}>
              Control room
            </Item>
            {features.map((feature) => (
              <Item
                key={feature.key}
                icon={<Sparkles aria-hidden size={18} />}
                onSelect={then(() => router.push(`/${environment}/features/${feature.key}`))}
              >
                {feature.name}
              </Item>
            ))}
          </Command.Group>
          <Command.Group heading="Stop (you choose in the next step)">
            <Item icon={<OctagonAlert aria-hidden size={18} />} onSelect={then(() => emergency.open())}>
              Something is wrong
            </Item>
            {switches.map((sw) => (
              <Item
                key={sw.key}
                icon={<OctagonAlert aria-hidden size={18} className="text-muted" />}
                onSelect={then(() => emergency.open(sw.sentence))}
              >
                {sw.sentence}
              </Item>
            ))}
          </Command.Group>
          <Command.Group heading="Settings">
            <Item
              icon={dark ? <Sun aria-hidden size={18} /> : <Moon aria-hidden size={18} />}
              onSelect={then(() => setTheme(dark ? "light" : "dark"))}
            >
              {dark ? "Light theme" : "Dark theme"}
            </Item>
            <Item icon={<Keyboard aria-hidden size={18} />} onSelect={then(onHelp)}>
              Keyboard help
            </Item>
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Item({ icon, onSelect, children }: { icon: ReactNode; onSelect: () => void; children: string }) {
  return (
    <Command.Item
      onSelect={onSelect}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded px-3 py-2 text-sm data-[selected=true]:bg-sunken"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
