import { type ReactNode, useId } from "react";

/** A part of the form: its question, what it is for, and its fields. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded border bg-surface p-4 sm:p-5">
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      {hint && <p className="mt-0.5 max-w-[70ch] text-sm text-muted">{hint}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
