"use client";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import type { MetricsView } from "#lib/services/metrics/schema.ts";
import { useShown } from "./address.ts";
import { PERIOD_WORDS } from "./words.ts";

const COMPARE_WORDS = {
  before: "With the time before",
  arms: "Arms of the release",
  scenarios: "Kinds of case",
  cohorts: "Groups of people",
} as const;

const GROUPS = [
  { prefix: "scenario:", label: "Kinds of case" },
  { prefix: "cohort:", label: "Groups of people" },
  { prefix: "dimension:", label: "Other parts" },
] as const;

const isKey = <T extends object>(words: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(words, key);

/** Period, part of the traffic and comparison. All of it is in the address. */
export function ViewControls({ cuts, children }: { cuts: MetricsView["cuts"]; children?: ReactNode }) {
  const [shown, setShown] = useShown();
  const known = cuts.some((cut) => cut.value === shown.cut);
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:flex sm:flex-wrap">
      <Choice
        label="Period"
        value={shown.period}
        onChoose={(value) => isKey(PERIOD_WORDS, value) && void setShown({ period: value })}
      >
        <Options words={PERIOD_WORDS} />
      </Choice>
      <Choice label="Show" value={shown.cut} onChoose={(value) => void setShown({ cut: value || null })}>
        <option value="">All traffic</option>
        {!known && shown.cut && <option value={shown.cut}>{shown.cut}</option>}
        {GROUPS.map(({ prefix, label }) => {
          const mine = cuts.filter((cut) => cut.value.startsWith(prefix));
          return (
            mine.length > 0 && (
              <optgroup key={prefix} label={label}>
                {mine.map((cut) => (
                  <option key={cut.value} value={cut.value}>
                    {cut.label}
                  </option>
                ))}
              </optgroup>
            )
          );
        })}
      </Choice>
      <Choice
        label="Compare"
        wide
        value={shown.compare}
        onChoose={(value) => isKey(COMPARE_WORDS, value) && void setShown({ compare: value })}
      >
        <Options words={COMPARE_WORDS} />
      </Choice>
      {children}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  /** A row of its own on a phone, so that its longest choice is not cut off. */
  wide?: boolean;
  children: ReactNode;
};

function Choice({ label, value, onChoose, wide, children }: ChoiceProps) {
  return (
    <label
      className={cn(
        "flex min-w-0 flex-col gap-x-2 text-sm sm:max-w-full sm:flex-row sm:items-center",
        wide && "col-span-2",
      )}
    >
      <span className="text-muted">{label}</span>
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="h-10 min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-9 sm:text-sm"
      >
        {children}
      </select>
    </label>
  );
}

function Options({ words }: { words: Readonly<Record<string, string>> }) {
  return Object.entries(words).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
