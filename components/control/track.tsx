import { cn } from "#components/ui/cn.ts";

/** The drawing of a switch, with the word beside it, so that colour is never alone. */
export function Track({ on, stop, busy }: { on: boolean; stop: boolean; busy: boolean }) {
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-2">
      <span className={cn("w-7 text-right text-sm font-medium", on ? "text-ink" : "text-muted")}>
        {busy ? "…" : on ? "On" : "Off"}
      </span>
      <span
        className={cn(
          "relative block h-7 w-12 rounded-full border-2 transition-colors duration-100",
          on && (stop ? "border-stopped bg-stopped" : "border-limited bg-limited"),
          !on && "border-edge bg-sunken",
        )}
      >
        <span
          className={cn(
            "absolute top-0.5 size-5 rounded-full transition-[left] duration-100",
            on ? "bg-surface" : "bg-edge",
            busy ? "left-3 animate-pulse" : on ? "left-[1.375rem]" : "left-0.5",
          )}
        />
      </span>
    </span>
  );
}
