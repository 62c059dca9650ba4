"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./cn.ts";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Stays in sight while the content scrolls. */
  footer?: ReactNode;
  /** What takes the focus on opening; without it the first control inside. A touch screen focuses none, so that no keyboard covers the content. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** `sheet` fills a phone's screen, so that its actions are under the thumb. */
  shape?: "box" | "sheet";
  className?: string;
};

export function Dialog({ open, onOpenChange, title, description, children, footer, ...look }: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  const firstFocus = () => {
    if (window.matchMedia("(pointer: coarse)").matches) return content.current;
    return look.initialFocus?.current ?? true;
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          initialFocus={firstFocus}
          className={cn(
            "fixed z-50 flex flex-col overflow-hidden border bg-surface text-ink shadow-lift transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0",
            "left-1/2 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 rounded",
            look.shape === "sheet"
              ? "top-[7vh] max-h-[86vh] max-w-2xl max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:h-[94dvh] max-sm:max-h-none max-sm:w-full max-sm:translate-x-0 max-sm:rounded-b-none"
              : "top-[12vh] max-h-[80vh]",
            look.className,
          )}
        >
          <header className="flex items-start gap-4 border-b px-5 pt-4 pb-3 sm:px-6">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && <Base.Description className="text-sm text-muted">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mt-1 -mr-2 grid size-10 shrink-0 place-items-center rounded text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden size={20} />
            </Base.Close>
          </header>
          <div ref={content} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none">
            {children}
          </div>
          {footer && <footer className="border-t px-5 py-3 sm:px-6">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
