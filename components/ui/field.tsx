import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type Labelled = { label: string; hint?: string; error?: string | null };

const box = (error: Labelled["error"]) =>
  cn(
    "block w-full rounded border bg-surface px-3 text-base text-ink placeholder:text-muted",
    error ? "border-stopped" : "border-edge",
  );

/** A labelled text field; its error is read together with it. */
export function Field({ label, hint, error, className, ...input }: ComponentProps<"input"> & Labelled) {
  return (
    <Frame {...{ label, hint, error, className }}>
      {(aria) => <input {...aria} className={cn(box(error), "h-11")} {...input} />}
    </Frame>
  );
}

/** The same for a sentence, all of which is seen: it grows with what is written, where browsers can, and scrolls where they cannot. */
export function SentenceField({ label, hint, error, className, ...text }: ComponentProps<"textarea"> & Labelled) {
  return (
    <Frame {...{ label, hint, error, className }}>
      {(aria) => (
        <textarea
          rows={1}
          {...aria}
          className={cn(box(error), "field-sizing-content min-h-11 py-2 supports-[field-sizing:content]:resize-none")}
          {...text}
        />
      )}
    </Frame>
  );
}

type Aria = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };
type FrameProps = Labelled & { className?: string; children: (aria: Aria) => ReactNode };

function Frame({ label, hint, error, className, children }: FrameProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1 text-sm text-muted">
          {hint}
        </p>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm text-stopped">
          {error}
        </p>
      )}
    </div>
  );
}
