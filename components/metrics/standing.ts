import { CircleCheck, CircleDashed, CircleEqual, CircleMinus, Hourglass, TriangleAlert } from "lucide-react";
import type { Standing } from "#lib/services/metrics/schema.ts";

/** How each standing looks: a word, an icon and a colour, never one without the others. Only `worse` is red, and a feature of which nothing is worse looks calm. */
export const STANDING = {
  worse: { word: "Worse", icon: TriangleAlert, text: "text-stopped", box: "border-stopped-line bg-stopped-soft" },
  better: { word: "Better", icon: CircleCheck, text: "text-serving", box: "border-serving-line bg-serving-soft" },
  same: { word: "As before", icon: CircleEqual, text: "text-muted", box: "bg-surface" },
  unsure: {
    word: "No clear change",
    icon: CircleMinus,
    text: "text-muted",
    box: "bg-surface",
  },
  "not-enough": {
    word: "Not enough data yet",
    icon: Hourglass,
    text: "text-unknown",
    box: "border-dashed border-unknown-line bg-unknown-soft",
  },
  "no-data": {
    word: "No data",
    icon: CircleDashed,
    text: "text-unknown",
    box: "border-dashed border-unknown-line bg-unknown-soft",
  },
} as const satisfies Record<Standing, unknown>;
