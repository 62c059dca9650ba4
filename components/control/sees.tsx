import type { SwitchView } from "#lib/services/controls/schema.ts";

/** What customers see instead: the sentence and the very text. */
export function Sees({ sees, className }: { sees: SwitchView["impact"]["sees"]; className?: string }) {
  return (
    <span className={className}>
      {sees.sentence}
      {sees.text && <q className="ml-1 text-ink italic">{sees.text}</q>}
    </span>
  );
}
