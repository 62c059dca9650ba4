"use client";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { useLive } from "#components/live/live.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { ActivityEntry } from "#lib/services/features/schema.ts";

/** Who did what, newest first, as sentences from the audit log. */
export function ActivityList({ entries }: { entries: ActivityEntry[] }) {
  const { version } = useLive();
  const router = useRouter();
  const shownVersion = useRef(version);
  const [typed, setTyped] = useQueryState("q", parseAsString.withDefault(""));

  // A change by anybody adds an entry; the page asks for it again and keeps its scroll.
  useEffect(() => {
    if (shownVersion.current === version) return;
    shownVersion.current = version;
    router.refresh();
  }, [version, router]);

  const wanted = typed.trim().toLowerCase();
  const shown = entries.filter((each) =>
    `${each.who} ${each.sentence} ${each.reason ?? ""}`.toLowerCase().includes(wanted),
  );
  if (entries.length === 0) {
    return (
      <p className="rounded border bg-surface p-5">
        Nothing has been changed yet. Every switch, by a person or by automation, is written down here with its reason.
      </p>
    );
  }
  return (
    <div className="space-y-3">
      <SearchField
        label="Find in the activity"
        placeholder="Find a person, a restriction, a reason"
        value={typed}
        onType={(words) => void setTyped(words)}
        className="w-full max-w-sm"
      />
      {shown.length === 0 && <p className="rounded border bg-surface p-5">No entry has these words.</p>}
      <ol className="overflow-hidden rounded border bg-surface">
        {shown.map((entry) => (
          <li key={entry.seq} className="grid gap-x-6 border-t px-5 py-3 first:border-t-0 sm:grid-cols-[1fr_auto]">
            <p>
              <span className="font-medium">{entry.who}</span>: {entry.sentence}
            </p>
            <p className="text-sm text-muted sm:pt-0.5 sm:text-right">
              <Moment at={entry.at} />
            </p>
            {entry.reason && (
              <p className="text-sm text-muted sm:col-span-2">
                Why: <q className="italic">{entry.reason}</q>
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
