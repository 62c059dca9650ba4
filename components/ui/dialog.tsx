"use client";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
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

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. It costs no script, which matters because
 * "Something is wrong" must be on every page from the start and may not depend on a file that a newer deploy has taken away.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? createPortal(<Opened {...rest} />, document.body) : null;
}

function Opened({ onOpenChange, title, description, children, footer, ...look }: Omit<DialogProps, "open">) {
  const dialog = useRef<HTMLDialogElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // Only what was asked for on opening counts: what it shows may change while it is open.
  const [initialFocus] = useState(look.initialFocus);
  const id = useId();

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    if (window.matchMedia("(pointer: coarse)").matches) content.current?.focus();
    else initialFocus?.current?.focus();
    // Closed before it leaves the page, because only then the focus goes back to where it was.
    return () => shown?.close();
  }, [initialFocus]);

  const close = useRef(onOpenChange);
  useEffect(() => {
    close.current = onOpenChange;
  });

  // A click beside it. Keys have Escape, which the browser reports as `cancel`.
  useEffect(() => {
    const shown = dialog.current;
    const onPress = (event: PointerEvent) => {
      if (event.target === shown) close.current(false);
    };
    shown?.addEventListener("pointerdown", onPress);
    return () => shown?.removeEventListener("pointerdown", onPress);
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onOpenChange(false);
      }}
      onClose={(event) => event.target === event.currentTarget && onOpenChange(false)}
      className={cn(
        "fixed m-0 flex flex-col overflow-hidden border bg-surface p-0 text-ink shadow-lift backdrop:bg-scrim",
        "left-1/2 -translate-x-1/2 rounded",
        look.shape === "sheet"
          ? "top-[7vh] max-h-[86vh] w-[calc(100vw-2rem)] max-w-2xl max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:h-[94dvh] max-sm:max-h-none max-sm:w-full max-sm:translate-x-0 max-sm:rounded-b-none"
          : "top-[12vh] max-h-[80vh] w-[calc(100vw-2rem)] max-w-xl",
        look.className,
      )}
    >
      <header className="flex items-start gap-4 border-b px-5 pt-4 pb-3 sm:px-6">
        <div className="min-w-0 flex-1">
          <h2 id={`${id}-title`} className="text-lg font-semibold">
            {title}
          </h2>
          {description && (
            <p id={`${id}-description`} className="text-sm text-muted">
              {description}
            </p>
          )}
        </div>
        <button
          type="button"
          aria-label="Close"
          onClick={() => onOpenChange(false)}
          className="-mt-1 -mr-2 grid size-10 shrink-0 place-items-center rounded text-muted hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden size={20} />
        </button>
      </header>
      <div ref={content} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none">
        {children}
      </div>
      {footer && <footer className="border-t px-5 py-3 sm:px-6">{footer}</footer>}
    </dialog>
  );
}
