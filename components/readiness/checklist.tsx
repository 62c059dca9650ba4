import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import type { ReadinessView } from "#lib/services/measurement/schema.ts";

/** What must hold before a feature may launch: each line with what is missing in words, or what shows that it holds. */
export function Checklist({ readiness, children }: { readiness: ReadinessView; children: ReactNode }) {
  const holding = readiness.items.filter((item) => item.holds).length;
  return (
    <section aria-labelledby="readiness" className="space-y-4">
      <div>
        <h2 id="readiness" className="text-lg font-semibold text-balance">
          {readiness.sentence}
        </h2>
        <p className="text-sm text-muted">
          {holding} of {readiness.items.length} hold.
        </p>
      </div>
      <ol className="overflow-hidden rounded border bg-surface">
        {readiness.items.map((item) => {
          const Icon = item.holds ? CircleCheck : CircleDashed;
          return (
            <li key={item.key} className="flex gap-3 border-t px-4 py-3 first:border-t-0 sm:px-5">
              <Icon
                aria-hidden
                size={20}
                className={cn("mt-0.5 shrink-0", item.holds ? "text-serving" : "text-limited")}
              />
              <div className="min-w-0 flex-1 sm:grid sm:grid-cols-[16rem_1fr] sm:gap-4">
                <h3 className="font-medium">{item.title}</h3>
                <div className="text-sm sm:pt-0.5">
                  <p className={cn("font-semibold", item.holds ? "text-serving" : "text-limited")}>
                    {item.holds ? "Holds" : "Missing"}
                  </p>
                  {item.missing && <p>{item.missing}</p>}
                  {item.evidence && <p className="text-muted">{item.evidence}</p>}
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      {children}
    </section>
  );
}
