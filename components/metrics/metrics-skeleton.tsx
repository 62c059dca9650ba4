/** The metric page's own shape while it loads; nothing at all for the first tenth of a second. */
export function MetricsSkeleton() {
  return (
    <div aria-hidden className="appear-late space-y-6">
      <div className="h-9 w-96 max-w-full rounded bg-sunken" />
      <div className="h-24 rounded border bg-sunken" />
      <div className="grid gap-4 lg:grid-cols-3">
        {[0, 1, 2].map((column) => (
          <div key={column} className="space-y-4">
            <div className="h-7 w-24 rounded bg-sunken" />
            <div className="h-64 rounded border bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  );
}
