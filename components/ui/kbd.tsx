/** A key of the keyboard, as it is printed on it. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-6 min-w-6 place-items-center rounded border bg-sunken px-1.5 font-sans text-sm text-muted">
      {children}
    </kbd>
  );
}
