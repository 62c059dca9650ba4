"use client";
import { cn } from "./cn.ts";

/** Finds by words in a list on the same page. `onType` gets null when nothing is typed, so the address carries no empty search. */
export function SearchField(props: {
  label: string;
  placeholder?: string;
  value: string;
  onType: (typed: string | null) => void;
  className?: string;
}) {
  const { label, placeholder = label, value, onType, className } = props;
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onType(event.target.value || null)}
      className={cn(
        "h-10 rounded border border-edge bg-surface px-3 text-base placeholder:text-muted sm:h-9 sm:text-sm",
        className,
      )}
    />
  );
}
