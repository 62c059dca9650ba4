/** By which days and in which money figures are counted. Shown, not changed: what is counted already was counted by them. */
export function CountedBy({ zone, currency }: { zone: string; currency: string }) {
  return (
    <section aria-labelledby="counted-by" className="rounded border bg-surface p-5">
      <h2 id="counted-by" className="text-lg font-semibold">
        How figures are counted
      </h2>
      <dl className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
        <dt className="font-medium">Zone</dt>
        <dd>
          {zone}
          <p className="text-sm text-muted">
            A day of a chart begins and ends at midnight there. It was chosen at installation and stays, because figures
            of past days were added up by it.
          </p>
        </dd>
        <dt className="font-medium">Currency</dt>
        <dd>
          {currency}
          <p className="text-sm text-muted">Products report what an answer cost in this currency.</p>
        </dd>
      </dl>
    </section>
  );
}
