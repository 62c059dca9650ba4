"use client";
import { parseAsStringLiteral, useQueryState } from "nuqs";

const SIDES = ["controls", "activity"] as const;

/** Which side of the feature's own page is open; in its address, so that it can be sent to a colleague. */
export function useSide() {
  return useQueryState("tab", parseAsStringLiteral(SIDES).withDefault("controls").withOptions({ history: "push" }));
}
