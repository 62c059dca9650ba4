"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

const item =
  "flex min-h-10 cursor-pointer items-center gap-3 rounded px-3 text-sm outline-none select-none data-[highlighted]:bg-sunken";

/** A menu that opens from `trigger`; for `onDemand`, so it is open when it first appears. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50">
          <Base.Popup className="min-w-56 rounded border bg-surface p-1 text-ink shadow-lift outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Item className={item} onClick={onSelect}>
      {icon}
      {children}
    </Base.Item>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: { value: string; label: string; icon?: ReactNode }[];
};

/** One of several, the present one ticked. */
export function MenuChoice({ label, value, onChange, choices }: ChoiceProps) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className={item} closeOnClick>
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden size={16} />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuText({ children }: { children: ReactNode }) {
  return <div className="border-b px-3 py-2 text-sm text-muted">{children}</div>;
}
