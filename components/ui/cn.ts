import { type ClassValue, clsx } from "clsx";

/** Joins class names. None may contradict another: which of two then held would be the style sheet's order to say. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
