import { cn } from "#components/ui/cn.ts";
import { type ShownState, STATE } from "./state.ts";

/** A feature's state: icon, word and colour together. */
export function StateBadge({ state }: { state: ShownState }) {
  const look = STATE[state];
  return (
    <span
      className={cn(
        "inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm font-semibold whitespace-nowrap",
        look.text,
        look.box,
      )}
    >
      <look.icon aria-hidden size={16} />
      {look.word}
    </span>
  );
}
