"use client";
import { useId } from "react";
import { Section } from "./section.tsx";

type TrustFailureProps = {
  text: string;
  agreed: boolean;
  onText: (text: string) => void;
  onAgreed: (agreed: boolean) => void;
};

/** The written answer to how lost trust would look here, and that the fallback was agreed. */
export function TrustFailure({ text, agreed, onText, onAgreed }: TrustFailureProps) {
  const id = useId();
  return (
    <>
      <Section title="What would trust erosion look like here, concretely?">
        <p id={`${id}-examples`} className="-mt-3 max-w-[70ch] text-sm text-muted">
          Write what your people would do. For example: they stop accepting drafts, double-check everything, avoid it
          for sensitive tasks, open tickets about it, or quietly go back to the old way.
        </p>
        <textarea
          aria-label="What would trust erosion look like here, concretely?"
          aria-describedby={`${id}-examples`}
          value={text}
          maxLength={2000}
          rows={4}
          onChange={(event) => onText(event.target.value)}
          className="mt-3 block w-full rounded border border-edge bg-surface px-3 py-2 text-base"
        />
      </Section>
      <Section title="What people get when AI is off">
        <label className="flex cursor-pointer items-start gap-3">
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => onAgreed(event.target.checked)}
            className="mt-0.5 size-5 shrink-0 accent-accent"
          />
          <span>
            We have read what customers see without AI, and it lets them finish their task.
            <span className="block text-sm text-muted">Each switch on the Controls page shows that text.</span>
          </span>
        </label>
      </Section>
    </>
  );
}
