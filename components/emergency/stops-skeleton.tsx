/** The list's own shape while it loads; nothing at all for the first tenth of a second. */
export function StopsSkeleton() {
  return (
    <div aria-hidden className="appear-late space-y-2">
      <div className="h-5 w-48 rounded bg-sunken" />
      {[0, 1, 2].map((row) => (
        <div key={row} className="h-24 rounded border bg-sunken" />
      ))}
    </div>
  );
}
