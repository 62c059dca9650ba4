import { type ComponentProps, useId } from "react";
import { cn } from "./cn.ts";

type FieldProps = ComponentProps<"input"> & { label: string; hint?: string; error?: string | null };

/** A labelled text field; its error is read together with it. */
export function Field({ label, hint, error, className, ...input }: FieldProps) {
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
      <input
        id={id}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        className={cn(
          "h-11 w-full rounded border bg-surface px-3 text-base text-ink placeholder:text-muted",
          error ? "border-stopped" : "border-edge",
        )}
        {...input}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm text-stopped">
          {error}
        </p>
      )}
    </div>
  );
}
