"use client";
import { Tabs } from "@base-ui/react/tabs";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";

const TABS = ["controls", "activity"] as const;
const tab =
  "-mb-px h-11 border-b-2 border-transparent px-1 text-sm font-medium text-muted hover:text-ink data-[active]:border-accent data-[active]:text-ink";

/** The feature's two sides. Which one is open is in the address, so it can be sent to a colleague. */
export function FeatureTabs({ controls, activity }: { controls: ReactNode; activity: ReactNode }) {
  const [open, setOpen] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("controls"));
  return (
    <Tabs.Root
      value={open}
      onValueChange={(value, { reason }) => {
        // The component also reports what it chose by itself while it mounts; only a person changes the address.
        if (reason === "none") void setOpen(TABS.find((each) => each === value) ?? null);
      }}
    >
      <Tabs.List className="mt-6 mb-6 flex gap-6 border-b">
        <Tabs.Tab value="controls" className={tab}>
          Controls
        </Tabs.Tab>
        <Tabs.Tab value="activity" className={tab}>
          Activity
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="controls">{controls}</Tabs.Panel>
      <Tabs.Panel value="activity">{activity}</Tabs.Panel>
    </Tabs.Root>
  );
}
