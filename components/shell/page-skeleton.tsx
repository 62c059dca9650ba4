/** A page's own shape while it loads; nothing at all for the first tenth of a second. */
export function PageSkeleton() {
  return (
    <div aria-hidden className="appear-late space-y-6">
      <div className="h-9 w-72 rounded bg-sunken" />
      <div className="h-24 rounded border bg-sunken" />
      <div className="overflow-hidden rounded border bg-surface">
        {[0, 1, 2, 3].map((row) => (
          <div key={row} className="h-20 border-t first:border-t-0">
            <div className="m-5 h-5 w-2/3 rounded bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  );
}
