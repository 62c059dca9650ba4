"use client";
import { useId } from "react";
import type { QualityWeights } from "#lib/services/measurement/schema.ts";
import { Section } from "./section.tsx";

const PARTS = [
  { key: "judge", name: "The judge", hint: "A model or a person scores samples of the output." },
  { key: "feedback", name: "What people say", hint: "Thumbs up against thumbs down, regenerated and abandoned." },
  { key: "completion", name: "Task completed", hint: "Whether the task that it was for was finished." },
] as const;

type WeightsProps = { weights: QualityWeights; onChange: (weights: QualityWeights) => void };

/** How much each part counts in the quality score; only their proportion matters, so it is what is shown. */
export function Weights({ weights, onChange }: WeightsProps) {
  const id = useId();
  const sum = weights.judge + weights.feedback + weights.completion;
  return (
    <Section
      title="What quality is made of"
      hint="The quality score is one figure from three parts. A part without data is left out, and the others count for it."
    >
      <div className="grid gap-5 sm:grid-cols-3">
        {PARTS.map(({ key, name, hint }) => (
          <div key={key}>
            <label htmlFor={`${id}-${key}`} className="flex items-baseline justify-between gap-2 text-sm">
              <span className="font-medium">{name}</span>
              <output className="tabular text-muted" htmlFor={`${id}-${key}`}>
                counts {sum > 0 ? Math.round((weights[key] / sum) * 100) : 0}%
              </output>
            </label>
            <input
              id={`${id}-${key}`}
              type="range"
              min={0}
              max={1}
              step={0.1}
              value={weights[key]}
              aria-describedby={`${id}-${key}-hint`}
              onChange={(event) => onChange({ ...weights, [key]: Number(event.target.value) })}
              className="mt-2 h-6 w-full accent-accent"
            />
            <p id={`${id}-${key}-hint`} className="text-sm text-muted">
              {hint}
            </p>
          </div>
        ))}
      </div>
      {sum <= 0 && (
        <p role="alert" className="mt-3 text-sm text-stopped">
          At least one part must count.
        </p>
      )}
    </Section>
  );
}
