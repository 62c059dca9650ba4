"use client";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";

/** A page that could not be shown. What stops things is around it and still works. */
export function PageTrouble({ id, onRetry }: { id?: string; onRetry: () => void }) {
  return (
    <Callout announce tone="harm" title="This page could not be shown.">
      <p>Nothing was changed. “Something is wrong” still works from here.</p>
      <div className="pt-2">
        <Button onClick={onRetry}>Show it again</Button>
      </div>
      {id && <p className="pt-2 text-muted">Error {id}</p>}
    </Callout>
  );
}
