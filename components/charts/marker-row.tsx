"use client";
import Link from "next/link";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import type { MarkerGroup } from "./prepare-markers.ts";
import { momentLabel } from "./prepare-time.ts";

type MarkerRowProps = { groups: readonly MarkerGroup[]; width: number; zone: string | null };

/** How wide the words beside a marker may become, in px. */
const WORDS = 304;
const DISC =
  "grid size-6 place-items-center rounded-full border border-edge bg-surface text-xs font-semibold tabular hover:bg-sunken";

/**
 * Changes that were made, above the chart at their time. Pointing at one, or reaching it by keyboard, says who and why; a click goes there. Several that lie close together
 * are one mark with their number, and each has its own link beside it. Escape puts the words away.
 */
export function MarkerRow({ groups, width, zone }: MarkerRowProps) {
  const [open, setOpen] = useState<string | null>(null);
  const room = Math.min(WORDS, width);
  if (groups.length === 0) return <div className="h-8" />;
  return (
    <ul aria-label="Changes that were made" className="relative h-8">
      {groups.map(({ key, x, markers, label }) => {
        const [first] = markers;
        const one = markers.length === 1 && first ? first : null;
        return (
          <li
            key={key}
            className={cn("absolute top-0 -translate-x-1/2", open === key && "z-20")}
            style={{ left: x }}
            onPointerEnter={() => setOpen(key)}
            onPointerLeave={() => setOpen(null)}
            onFocus={() => setOpen(key)}
            onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(null)}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || open === null) return;
              event.stopPropagation();
              // What has the focus goes away with the words.
              event.currentTarget.querySelector<HTMLElement>("a, button")?.focus();
              setOpen(null);
            }}
          >
            {one ? (
              <Link href={one.href} prefetch={false} aria-label={inOneBreath(one, zone)} className={DISC}>
                {SIGN[one.kind]}
              </Link>
            ) : (
              <button
                type="button"
                aria-expanded={open === key}
                aria-label={label}
                onClick={() => setOpen(key)}
                className={DISC}
              >
                {markers.length}
              </button>
            )}
            {open === key && (
              <div
                aria-hidden={one ? true : undefined}
                className="absolute top-6 z-20 pt-1.5"
                style={{ width: room, left: Math.min(Math.max(x - room / 2, 0), Math.max(0, width - room)) - x + 12 }}
              >
                <ul className="max-h-80 overflow-y-auto rounded border bg-surface p-3 text-sm shadow-lift">
                  {markers.map((marker) => (
                    <li key={marker.id} className="not-first:mt-2 not-first:border-t not-first:pt-2">
                      {one ? (
                        <span className="font-medium">{marker.sentence}</span>
                      ) : (
                        <Link
                          href={marker.href}
                          prefetch={false}
                          className="font-medium underline decoration-edge underline-offset-4 hover:decoration-current"
                        >
                          {marker.sentence}
                        </Link>
                      )}
                      <span className="block text-muted">
                        {marker.who}
                        {zone && `, ${momentLabel(marker.at, zone)}`}
                      </span>
                      {marker.why && <span className="block text-muted">“{marker.why}”</span>}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function inOneBreath({ sentence, who, why, at }: MarkerGroup["markers"][number], zone: string | null): string {
  return `${sentence} ${who}${zone ? `, ${momentLabel(at, zone)}` : ""}${why ? `: ${why}` : ""}`;
}

/** One letter-sized sign a kind; the words are beside it. */
const SIGN = { control: "■", lifted: "□", release: "▲" } as const;
