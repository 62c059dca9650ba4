import { DECIDING_FAMILIES, type Family } from "#lib/core/metrics/definition.ts";
import type { Panel, Standing } from "#lib/services/metrics/schema.ts";

/** A family on the page: what stands in front, and what is folded away under it. */
export type FamilyColumn = { family: Family; title: string; asks: string; shown: Panel[]; folded: Panel[] };

const WORDS = {
  trust: { title: "Trust", asks: "Do people come back to it?" },
  harm: { title: "Harm", asks: "What does it cost people when it is wrong?" },
  fallback: { title: "Fallback", asks: "Do people turn away from it?" },
} as const;

const RANK: Readonly<Record<Standing, number>> = {
  worse: 0,
  unsure: 1,
  better: 2,
  same: 3,
  "not-enough": 4,
  "no-data": 5,
};
/** How many stand in front where a feature has chosen none. */
const UNCHOSEN_SHOWN = 2;

/**
 * The three families that decide, side by side: in front what the feature chose and whatever is worse, so that harm is never folded away. The opened
 * metric is in front as well.
 */
export function familyColumns(panels: readonly Panel[], opened: string | null): FamilyColumn[] {
  return DECIDING_FAMILIES.map((family) => {
    const mine = panels.filter((panel) => panel.family === family);
    const anyChosen = mine.some((panel) => panel.chosen);
    const first = new Set(anyChosen ? [] : byRank(mine).slice(0, UNCHOSEN_SHOWN));
    const inFront = (panel: Panel) =>
      panel.chosen || first.has(panel) || panel.standing === "worse" || panel.key === opened;
    return {
      family,
      ...WORDS[family],
      shown: mine.filter(inFront),
      folded: byRank(mine.filter((panel) => !inFront(panel))),
    };
  });
}

function byRank(panels: readonly Panel[]): Panel[] {
  return panels.toSorted((a, b) => RANK[a.standing] - RANK[b.standing]);
}

/** Whether a page has no figure to show and no line to draw: then a sentence says more than forty empty frames. */
export function hasNothing(panels: readonly Panel[]): boolean {
  return panels.every(({ standing, lines }) => {
    const drawn = lines.some(({ points }) => points.some(({ value }) => value !== null && value !== 0));
    return standing === "no-data" && !drawn;
  });
}

/** What stands below the three families: how good it is, how it runs, how much it is used. */
export function otherPanels(panels: readonly Panel[]): { family: Family; title: string; panels: Panel[] }[] {
  return (
    [
      { family: "quality", title: "Quality" },
      { family: "operations", title: "Operations" },
      { family: "activity", title: "Activity" },
    ] as const
  )
    .map((group) => ({ ...group, panels: panels.filter((panel) => panel.family === group.family) }))
    .filter((group) => group.panels.length > 0);
}
