"use client";
import { cn } from "#components/ui/cn.ts";
import { DECIDING_FAMILIES, type Family } from "#lib/core/metrics/definition.ts";
import { Section } from "./section.tsx";

/** `seldom`: folded away with the families that do not decide. */
export type MetricChoice = { key: string; family: Family; name: string; sentence: string; seldom: boolean };

const FAMILY_WORDS: Readonly<Record<Family, string>> = {
  trust: "Trust",
  harm: "Harm",
  fallback: "Fallback",
  quality: "Quality",
  operations: "Operations",
  activity: "Activity",
};

type MetricsChoiceProps = { choices: MetricChoice[]; chosen: string[]; onChange: (chosen: string[]) => void };

/** Which metrics matter to this feature, family by family. */
export function MetricsChoice({ choices, chosen, onChange }: MetricsChoiceProps) {
  const toggle = (key: string, on: boolean) => onChange(on ? [...chosen, key] : chosen.filter((each) => each !== key));
  const family = (name: Family, seldom = false) => (
    <FamilyChoice
      key={name}
      title={seldom ? "Who answered" : FAMILY_WORDS[name]}
      needed={!seldom && DECIDING_FAMILIES.some((each) => each === name)}
      choices={choices.filter((each) => each.family === name && each.seldom === seldom)}
      counted={choices.filter((each) => each.family === name && (each.seldom === seldom || !seldom))}
      chosen={chosen}
      onToggle={toggle}
    />
  );
  return (
    <Section
      title="Which figures matter here"
      hint="They stand first on the metric page, and the verdict is about them. At least one of trust, one of harm and one of fallback."
    >
      <div className="grid gap-6 lg:grid-cols-3">{DECIDING_FAMILIES.map((name) => family(name))}</div>
      <details className="mt-5 border-t pt-4">
        <summary className="w-fit cursor-pointer text-sm font-medium">Quality, operations and who answered</summary>
        <div className="mt-4 grid gap-6 lg:grid-cols-3">
          {family("quality")}
          {family("operations")}
          {family("fallback", true)}
        </div>
      </details>
    </Section>
  );
}

type FamilyChoiceProps = {
  title: string;
  needed: boolean;
  choices: MetricChoice[];
  /** Those that count towards how many are chosen. */
  counted: MetricChoice[];
  chosen: string[];
  onToggle: (key: string, on: boolean) => void;
};

function FamilyChoice({ title, needed, choices, counted, chosen, onToggle }: FamilyChoiceProps) {
  const count = counted.filter((each) => chosen.includes(each.key)).length;
  const missing = needed && count === 0;
  return (
    <fieldset className="min-w-0">
      <legend className="flex w-full items-baseline justify-between gap-2 border-b pb-1 text-sm">
        <span className="font-semibold">{title}</span>
        <span className={cn(missing ? "font-medium text-limited" : "text-muted")}>
          {missing ? "Choose at least one" : `${count} chosen`}
        </span>
      </legend>
      {choices.map((choice) => (
        <label key={choice.key} className="flex cursor-pointer items-start gap-3 py-2 text-sm">
          <input
            type="checkbox"
            checked={chosen.includes(choice.key)}
            onChange={(event) => onToggle(choice.key, event.target.checked)}
            className="mt-0.5 size-5 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="font-medium">{choice.name}</span>
            <span className="block text-muted">{choice.sentence}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
