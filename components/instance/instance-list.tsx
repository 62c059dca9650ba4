"use client";
import { CircleCheck, CircleDashed, CircleHelp } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import type { InstanceView } from "#lib/services/instances/schema.ts";
import { DismissInstance } from "./dismiss-instance.tsx";
import { standing } from "./standing.ts";

const LOOK = {
  current: { icon: CircleCheck, text: "text-serving" },
  behind: { icon: CircleDashed, text: "text-limited" },
  silent: { icon: CircleHelp, text: "text-unknown" },
} as const;

type InstanceListProps = { instances: InstanceView[]; features: Pick<FeatureCard, "key" | "name">[] };

/** Every running product that asks these rules, by name, and whether it follows the newest. */
export function InstanceList({ instances, features }: InstanceListProps) {
  const nameOf = (key: string) => features.find((each) => each.key === key)?.name ?? key;
  return (
    <section aria-labelledby="instances">
      <h2 id="instances" className="text-lg font-semibold">
        Running servers
      </h2>
      <p className="mb-2 text-sm text-muted">Each asks these rules before every answer and confirms every change.</p>
      {instances.length === 0 ? (
        <p className="rounded border border-dashed border-unknown-line bg-unknown-soft p-5">
          No running server has been heard from in the last day, so nobody follows these rules yet. A product appears
          here as soon as it starts with its key.
        </p>
      ) : (
        <ul className="overflow-hidden rounded border bg-surface">
          {instances.map((instance) => {
            const { kind, words } = standing(instance);
            const { icon: Icon, text } = LOOK[kind];
            return (
              <li
                key={instance.id}
                className="flex min-h-14 items-center gap-3 border-t px-5 py-2 text-sm first:border-t-0"
              >
                <Icon aria-hidden size={18} className={cn("shrink-0", text)} />
                <div className="min-w-0 flex-1 sm:grid sm:grid-cols-2 sm:gap-4">
                  <p className="min-w-0">
                    <span className="block font-medium break-words">{instance.name}</span>
                    <span className="block text-muted">
                      {instance.features.map(nameOf).join(", ") || "No feature used yet"}
                    </span>
                  </p>
                  <p className="min-w-0">
                    <span className={cn("block font-medium", text)}>{words}</span>
                    <span className="block text-muted">
                      Heard from <Moment at={instance.lastHeardAt} />
                      {kind !== "current" && instance.follows && (
                        <>
                          ; its rules are from <Moment at={instance.follows.since} />
                        </>
                      )}
                    </span>
                  </p>
                </div>
                {kind === "silent" && <DismissInstance instance={instance} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
