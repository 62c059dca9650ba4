"use client";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { MetricsView } from "#lib/services/metrics/schema.ts";
import { useShown } from "./address.ts";
import { PERIOD_WORDS } from "./words.ts";

/** The next longer period that is worth a look. */
const LONGER = { "3h": "24h", "24h": "7d", "7d": "60d", "28d": "60d", "60d": null } as const;

/** Instead of forty empty frames: that there is nothing, and the one next step. */
export function NothingYet({ query: { period, cut } }: Pick<MetricsView, "query">) {
  const [, setShown] = useShown();
  const longer = LONGER[period];
  if (cut !== "") {
    return (
      <Callout title="Nothing of this part of the traffic was reported in this period.">
        <Button onClick={() => void setShown({ cut: null })} className="mt-2">
          Show all traffic
        </Button>
      </Callout>
    );
  }
  if (longer === null) {
    return (
      <Callout title="Figures begin with the first report.">
        <p>
          A server reports by itself as soon as it asks Evenkeel for its first decision. An engineer finds the few lines
          for that in the README, under “Ask from your product”.
        </p>
      </Callout>
    );
  }
  return (
    <Callout title="Nothing was reported in this period.">
      <Button onClick={() => void setShown({ period: longer })} className="mt-2">
        Look at the {PERIOD_WORDS[longer].toLowerCase()}
      </Button>
    </Callout>
  );
}
