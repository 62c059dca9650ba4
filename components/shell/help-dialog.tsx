"use client";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useLetterKeys } from "./letter-keys.ts";

const KEYS: { keys: string[]; what: string }[] = [
  { keys: ["!"], what: "Something is wrong: choose what to stop" },
  { keys: ["Ctrl K", "⌘ K"], what: "Search, go somewhere, find a stop" },
  { keys: ["g", "h"], what: "Go to the control room" },
  { keys: ["g", "f"], what: "Go to the feature" },
  { keys: ["g", "m"], what: "Go to the feature's metrics" },
  { keys: ["g", "r"], what: "Go to the feature's readiness" },
  { keys: ["g", "a"], what: "Go to the feature's activity" },
  { keys: ["g", "s"], what: "Go to the settings" },
  { keys: ["↓", "↑"], what: "Move along the stops" },
  { keys: ["Space"], what: "Switch the stop that has the focus" },
  { keys: ["Esc"], what: "Close what is open. What was clicked goes on" },
  { keys: ["?"], what: "This help" },
];

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [letters, setLetters] = useLetterKeys();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="By keyboard">
      <dl className="px-5 py-4 sm:px-6">
        {KEYS.map(({ keys, what }) => (
          <div key={what} className="flex items-center justify-between gap-4 border-b py-2 last:border-b-0">
            <dt>{what}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((each) => (
                <Kbd key={each}>{each}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="flex items-center gap-3 border-t px-5 py-4 text-sm sm:px-6">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => setLetters(event.target.checked)}
          className="size-5 accent-accent"
        />
        Use single letters as shortcuts in this browser
      </label>
    </Dialog>
  );
}
