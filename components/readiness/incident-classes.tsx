"use client";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { SentenceField } from "#components/ui/field.tsx";
import type { MeasurementView } from "#lib/services/measurement/schema.ts";
import { Section } from "./section.tsx";

type Classes = MeasurementView["incidentClasses"];
type IncidentClassesProps = { classes: Classes; tried: boolean; onChange: (classes: Classes) => void };

const MOST = 20;

/** Kinds of incident agreed on beforehand, each with what triggers a rollback even when the averages look fine. */
export function IncidentClasses({ classes, tried, onChange }: IncidentClassesProps) {
  const edit = (index: number, part: Partial<Classes[number]>) =>
    onChange(classes.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const missing = (text: string, words: string) => (tried && text.trim().length < 3 ? words : null);
  return (
    <Section
      title="Incidents and what triggers a rollback"
      hint="Rare failures that destroy trust: an invented policy, false certainty, a misleading summary that sounds polished, an unsafe tone. Agreed now, so that nobody argues then."
    >
      <ol className="space-y-4 empty:hidden">
        {classes.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and a row keeps its place
          <li key={index} className="grid items-start gap-3 border-b pb-4 sm:grid-cols-[2fr_3fr_auto]">
            <SentenceField
              label={`Kind of incident ${index + 1}`}
              value={each.name}
              maxLength={120}
              placeholder="Invented policy"
              error={missing(each.name, "Name it in a few words.")}
              onChange={(event) => edit(index, { name: event.target.value })}
            />
            <SentenceField
              label="Roll back when"
              value={each.trigger}
              maxLength={300}
              placeholder="One confirmed case in billing"
              error={missing(each.trigger, "Say what triggers the rollback.")}
              onChange={(event) => edit(index, { trigger: event.target.value })}
            />
            <Button
              tone="quiet"
              size="icon"
              aria-label={`Remove ${each.name || `kind of incident ${index + 1}`}`}
              onClick={() => onChange(classes.filter((_, at) => at !== index))}
              className="sm:mt-6"
            >
              <Trash2 aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ol>
      {classes.length < MOST && (
        <Button className="mt-4" onClick={() => onChange([...classes, { name: "", trigger: "" }])}>
          <Plus aria-hidden size={16} />
          Add a kind of incident
        </Button>
      )}
    </Section>
  );
}
