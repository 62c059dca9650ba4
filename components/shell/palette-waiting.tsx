"use client";
import { useRef } from "react";
import { Dialog } from "#components/ui/dialog.tsx";

export type PaletteFrameProps = {
  onOpenChange: (open: boolean) => void;
  typed: string;
  onType: (typed: string) => void;
};

/** The look of the field in which one types what one looks for. */
export const PALETTE_FIELD = {
  placeholder: "Type a feature, a stop, a setting",
  className: "h-11 w-full rounded border border-edge bg-surface px-3 text-base placeholder:text-muted",
};

/** The search while its code is on the way: what is typed meanwhile is kept. */
export function PaletteWaiting({ onOpenChange, typed, onType }: PaletteFrameProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog open onOpenChange={onOpenChange} title="Search" initialFocus={input}>
      <div className="min-h-[50vh] px-5 py-3 sm:px-6">
        <input
          ref={input}
          aria-label="Search and go"
          value={typed}
          onChange={(event) => onType(event.target.value)}
          {...PALETTE_FIELD}
        />
      </div>
    </Dialog>
  );
}
