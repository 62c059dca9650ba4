import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** The look of a button, for links that are buttons in all but name. */
export const buttonLook = cva(
  "inline-flex items-center justify-center gap-2 rounded border whitespace-nowrap transition-colors duration-100 disabled:opacity-60 aria-disabled:opacity-60",
  {
    variants: {
      tone: {
        plain: "font-medium border-edge bg-surface text-ink hover:bg-sunken",
        quiet: "font-medium border-transparent bg-transparent text-ink hover:bg-sunken",
        primary: "font-medium border-transparent bg-accent text-on-accent hover:opacity-90",
        /** For harm and for stopping only. */
        stop: "border-transparent bg-stop-solid font-semibold text-white hover:bg-stop-solid-hover",
      },
      size: {
        small: "h-8 px-3 text-sm",
        medium: "h-10 px-4 text-sm",
        large: "h-12 px-5 text-base",
        icon: "size-10 text-sm",
      },
    },
    defaultVariants: { tone: "plain", size: "medium" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonLook>;

export function Button({ tone, size, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={cn(buttonLook({ tone, size }), className)} {...rest} />;
}
