import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type CalloutProps = {
  /** `harm`: something went wrong; `plain`: something to know. */
  tone?: "plain" | "harm";
  title: ReactNode;
  children?: ReactNode;
  className?: string;
  /** Screen readers hear it when it appears. */
  announce?: boolean;
};

/** Something that must be read, so it stays on the page. */
export function Callout({ tone = "plain", title, children, className, announce }: CalloutProps) {
  const Icon = tone === "harm" ? CircleAlert : Info;
  return (
    <div
      role={announce ? "alert" : undefined}
      className={cn(
        "flex gap-3 rounded border p-4 text-sm",
        tone === "harm" ? "border-stopped-line bg-stopped-soft" : "bg-sunken",
        className,
      )}
    >
      <Icon aria-hidden size={20} className={cn("shrink-0", tone === "harm" ? "text-stopped" : "text-muted")} />
      <div className="min-w-0 flex-1 space-y-1">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
